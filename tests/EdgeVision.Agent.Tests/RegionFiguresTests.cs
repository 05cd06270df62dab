using EdgeVision.Imaging;

namespace EdgeVision.Agent.Tests;

public sealed class RegionFiguresTests
{
    private static readonly string[] Labels = ["person", "car"];
    private readonly AgentFrames _frames = new(); // 8x8
    private readonly RegionFigures _figures = new([Region("lower", 0, 0.5, 1, 0.5, 1, 1, 0, 1), Region("right", 0.5, 0, 1, 0, 1, 1, 0.5, 1)]);

    [Fact]
    public void Observe_Boxes_AreCountedWhereTheirLowerEdgeHasItsMiddle()
    {
        using var frame = _frames.Next();

        // stands at (2, 6): lower only, though most of it is in the upper half; at (6, 8), the picture's border: both; at (6, 3): right only
        _figures.Observe(frame, 2, Detections.Of((1, 0, 3, 6, 0.9f, 1), (5, 5, 7, 8, 0.9f, 1), (5, 1, 7, 3, 0.9f, 0)));
        _figures.Observe(frame, 2, Detections.Of((1, 0, 3, 6, 0.9f, 1)));

        Assert.Equal([new("lower", 1, "car", 3), new("right", 0, "person", 1), new("right", 1, "car", 1)], _figures.Classes(Labels).OrderBy(row => row.Id).ThenBy(row => row.ClassId));
        _figures.BeginInterval();
        Assert.Empty(_figures.Classes(Labels));
    }

    [Fact]
    public void Observe_ModelWithMoreClasses_KeepsWhatWasCounted()
    {
        using var frame = _frames.Next();
        _figures.Observe(frame, 2, Detections.Of((5, 5, 7, 8, 0.9f, 1)));

        _figures.Observe(frame, 80, Detections.Of((5, 5, 7, 8, 0.9f, 79)));

        Assert.Equal([("lower", 1), ("lower", 79), ("right", 1), ("right", 79)], _figures.Classes(Labels).Select(row => (row.Id, row.ClassId)));
    }

    [Fact]
    public void Observe_SteadyState_AllocatesNothing()
    {
        using var frame = _frames.Next();
        var detections = Detections.Of((1, 0, 3, 6, 0.9f, 1), (5, 5, 7, 8, 0.9f, 1));
        _figures.Observe(frame, 2, detections);

        Assert.Equal(0, Allocated.Bytes(100, () => _figures.Observe(frame, 2, detections)));
    }

    private static Region Region(string id, params double[] corners) => new(id, Polygon.TryCreate(corners, out _)!);
}
