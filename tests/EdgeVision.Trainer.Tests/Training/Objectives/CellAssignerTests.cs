using EdgeVision.Trainer.Training;

namespace EdgeVision.Trainer.Tests.Training;

public class CellAssignerTests
{
    // 64 + 16 + 4 cells; with rows of zeros each says a box of its stride's size around its left top corner.
    private static readonly CellGrid Grid = new([8, 16, 32], 64, 64);
    private static readonly float[] Zeros = new float[84 * 6];

    private readonly CellAssigner _assigner = new(Grid, classes: 1);

    [Fact]
    public void Assign_OneCellSaysTheBoxItself_OnlyItIsGivenTheObject()
    {
        // Cell (1, 1) of stride 16 says (8, 8, 24, 24). Of the others around the centre at stride 8 one overlaps by 64/256, two by 32/288, one by 16/304, at stride 32 four by 64/1216: all together 1.73, so one cell.
        _assigner.Assign(Zeros, [new VersionBox(0, 8, 8, 24, 24)]);

        Assert.Equal([64 + 5], Cells(0));
        Assert.Equal(1, _assigner.Overlaps[64 + 5]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Assign_CellThatTwoObjectsWant_GoesToTheOneThatItSays(int first)
    {
        VersionBox[] boxes = [new(0, 8, 8, 24, 24), new(0, 8, 8, 24, 22)];

        _assigner.Assign(Zeros, first == 0 ? boxes : [boxes[1], boxes[0]]);

        Assert.Equal(first, _assigner.Truths[64 + 5]);
    }

    [Fact]
    public void Assign_IgnoredObject_ItsCellsAreNeitherLearntNorEmpty()
    {
        _assigner.Assign(Zeros, [new VersionBox(0, 0, 0, 32, 32, Ignored: true)]);

        Assert.Equal(16 + 4 + 1, Cells(CellAssigner.Ignored).Count());
        Assert.Equal(84 - 21, Cells(CellAssigner.Nothing).Count());
    }

    [Fact]
    public void Assign_AnswerThatIsNoNumber_FindsCellsAllTheSame()
    {
        _assigner.Assign([.. Enumerable.Repeat(float.NaN, Zeros.Length)], [new VersionBox(0, 8, 8, 24, 24)]);

        Assert.Single(Cells(0));
    }

    private IEnumerable<int> Cells(int truth) => Enumerable.Range(0, _assigner.Truths.Length).Where(cell => _assigner.Truths[cell] == truth);
}
