using EdgeVision.Compression;

namespace EdgeVision.Trainer.Tests;

public sealed class SetImporterTests : IDisposable
{
    private readonly PictureSet _set = new();

    public void Dispose() => _set.Dispose();

    [Fact]
    public void Import_Boxes_ReadBackTheSame()
    {
        _set.Patterns("voc", 0, 2).Text("voc/0.xml", Voc("car", 1, 2, 30, 40)).Text("voc/1.xml", Voc("big, \"red\" truck", 5, 6, 70, 60)).Write("voc/2.png", "cut short"u8).Text("voc/2.xml", Voc("car", 1, 2, 30, 40));

        var report = Imported(new DataWish { Data = _set.File("voc") });

        Assert.Equal(["big, \"red\" truck", "car"], report.Survey.Classes);
        Assert.Equal([new VersionBox(1, 1, 2, 30, 40), new VersionBox(0, 5, 6, 70, 60)], report.Survey.Candidates.SelectMany(candidate => candidate.Boxes!));
    }

    [Fact]
    public void Import_Classes_ReadBackTheSame()
    {
        _set.Patterns("cats", 0, 3).Patterns("dogs, large", 20, 3);

        var report = Imported(new DataWish { Data = _set.Path });

        Assert.Equal(DatasetKind.Classes, report.Survey.Kind);
        Assert.Equal([("images/cats/0.png", 0), ("images/dogs, large/22.png", 1)], new[] { 0, 5 }.Select(i => (report.Survey.Candidates[i].Name, report.Survey.Candidates[i].Class)));
    }

    [Fact]
    public void Import_FolderInTheWay_IsLeftAlone()
    {
        _set.Patterns("cat", 0, 3).Patterns("dog", 20, 3);

        Assert.Contains("is there already", Assert.Throws<TrainerException>(() => SetImporter.Import(_set.Judge().Survey, [], _set.File("cat"))).Message, StringComparison.Ordinal);
        Assert.Equal(3, Directory.GetFiles(_set.File("cat")).Length);
    }

    private QualityReport Imported(DataWish wish)
    {
        using var folder = new TemporaryDirectory();
        var report = _set.Judge(wish);
        SetImporter.Import(report.Survey, [.. report.Refusals.Keys], folder.File("own"));
        return _set.Judge(new DataWish { Data = folder.File("own") });
    }

    private static string Voc(string name, int left, int top, int right, int bottom) => $"""
        <annotation><object><name>{name}</name><bndbox><xmin>{left}</xmin><ymin>{top}</ymin><xmax>{right}</xmax><ymax>{bottom}</ymax></bndbox></object></annotation>
        """;
}
