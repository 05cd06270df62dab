using System.CommandLine;
using EdgeVision.Compression;

namespace EdgeVision.Trainer.Tests;

public sealed class IntersectionSetTests
{
    private static readonly IntersectionOptions Few = new() { Pictures = 6, Width = 160, Height = 96, Seed = 4, Threads = 2 };

    [Fact]
    public void Write_Set_IsReadAsCocoWithItsIgnoredOnes()
    {
        using var folder = new TemporaryDirectory();
        IntersectionSet.Write(folder.File("a"), Few);

        var survey = QualityCheck.Run(Surveyor.Survey(new DataWish { Data = folder.File("a") }.Sources(), [], threads: 2)).Survey;
        var boxes = survey.Candidates.SelectMany(candidate => candidate.Boxes!).ToArray();

        Assert.Equal(DatasetKind.Boxes, survey.Kind);
        Assert.Subset(new HashSet<string> { "person", "bicycle", "car", "bus", "truck" }, survey.Classes.ToHashSet());
        Assert.Equal(6, survey.Candidates.Count);
        Assert.Contains(boxes, box => box.Ignored);
        Assert.Contains(boxes, box => !box.Ignored);
        Assert.All(boxes, box => Assert.True(box.X1 >= 0 && box.Y1 >= 0 && box.X2 <= 160 && box.Y2 <= 96 && MathF.Min(box.X2 - box.X1, box.Y2 - box.Y1) >= (box.Ignored ? 2 : 3)));
        Assert.Contains("is there already", Assert.Throws<TrainerException>(() => IntersectionSet.Write(folder.File("a"), Few)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--size", "640")]
    [InlineData("--size", "640x2000")]
    [InlineData("--light", "dusk")]
    [InlineData("--pictures", "0")]
    [InlineData("--pictures", "many")]
    public void Parse_Nonsense_IsAnError(string option, string value) =>
        Assert.NotEmpty(new RootCommand { DataCommand.Create() }.Parse(["data", "intersection", "--out", "x", option, value]).Errors);

    [Fact]
    public void Write_SameSeedOtherThreads_IsTheSameAndAnotherSeedIsNot()
    {
        using var folder = new TemporaryDirectory();
        IntersectionSet.Write(folder.File("a"), Few);
        IntersectionSet.Write(folder.File("b"), Few with { Threads = 1 });
        IntersectionSet.Write(folder.File("c"), Few with { Seed = 5 });

        Assert.Equal(Read("a", "annotations.json"), Read("b", "annotations.json"));
        Assert.Equal(Read("a", "images/000005.jpg"), Read("b", "images/000005.jpg"));
        Assert.NotEqual(Read("a", "annotations.json"), Read("c", "annotations.json"));

        byte[] Read(string set, string file) => File.ReadAllBytes(Path.Combine(folder.File(set), file));
    }
}
