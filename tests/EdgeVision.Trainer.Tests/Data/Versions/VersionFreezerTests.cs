using EdgeVision.Compression;

namespace EdgeVision.Trainer.Tests;

public sealed class VersionFreezerTests : IDisposable
{
    private static readonly FreezeOptions _options = new() { Name = "v1", Shares = new SplitShares(0.2, 0.2) };

    private readonly PictureSet _set = new();

    public void Dispose() => _set.Dispose();

    [Fact]
    public void Freeze_SameSet_GivesTheSameBytesWhateverTheThreads()
    {
        _set.Patterns("cat", 0, 10).Patterns("dog", 20, 10);

        var version = VersionFreezer.Freeze(_set.Judge(threads: 1), _options);

        Assert.Equal(VersionJson.Write(version), VersionJson.Write(VersionFreezer.Freeze(_set.Judge(threads: 2), _options)));
        Assert.Equal([12, 4, 4], Enum.GetValues<DataSplit>().Select(split => version.Of(split).Count()));
        Assert.NotEqual(version.Digest, VersionFreezer.Freeze(_set.Judge(), _options with { Seed = 2 }).Digest);
    }

    [Fact]
    public void Freeze_ClassesMetInAnyOrder_AreInNaturalOrder()
    {
        // The first picture is a 9 and the list knows a 10.
        _set.Patterns("p", 0, 12).Text("labels.csv", "file,label\n" + string.Join('\n', Enumerable.Range(0, 12).Select(i => $"p/{i}.png,{new[] { "9", "2", "10" }[i % 3]}")));

        var version = VersionFreezer.Freeze(_set.Judge(), _options with { Shares = new SplitShares(0, 0) });

        Assert.Equal(["2", "9", "10"], version.Classes);
        Assert.Equal([1, 2, 0], new[] { "p/0.png", "p/2.png", "p/4.png" }.Select(name => version.Items.Single(item => item.Name == name).Class));
    }

    [Fact]
    public void Freeze_OneClass_IsRefusedUnlessAccepted()
    {
        _set.Patterns("good", 0, 20);

        Assert.Contains("--accept one-class", Assert.Throws<TrainerException>(() => VersionFreezer.Freeze(_set.Judge(), _options)).Message, StringComparison.Ordinal);
        Assert.Equal(["OneClass"], VersionFreezer.Freeze(_set.Judge(), _options with { Accepted = [FindingKind.OneClass] }).Accepted);
    }

    [Fact]
    public void Freeze_OneFilm_IsRefusedBecauseNoSplitIsHonest()
    {
        _set.Patterns("cat", 0, 1).Patterns("dog", 1, 1);
        for (var i = 0; i < 10; i++)
        {
            using var frame = PictureSet.Pattern(0, 96, 64);
            frame.Pixels[i] ^= 1;
            _set.Write($"cat/f{i}.png", Imaging.ImageCodec.EncodePng(frame));
        }

        Assert.Contains("near duplicates are not torn apart", Assert.Throws<TrainerException>(() => VersionFreezer.Freeze(_set.Judge(), _options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenedVersion_WrittenAndMoved_GivesThePicturesAndNoticesChanges()
    {
        _set.Patterns("set/cat", 0, 10).Patterns("set/dog", 20, 10);
        VersionFile.Write(VersionFreezer.Freeze(_set.Judge(new DataWish { Data = _set.File("set") }), _options), _set.File("a.version.json"));
        using var elsewhere = new TemporaryDirectory();
        Directory.Move(_set.File("set"), elsewhere.File("set"));
        File.Move(_set.File("a.version.json"), elsewhere.File("a.version.json"));

        using var opened = OpenedVersion.Open(elsewhere.File("a.version.json"));
        using var frame = opened.OpenPicture(opened.Version.Items[0]);
        Assert.Equal((96, 64), (frame.Width, frame.Height));

        File.Copy(elsewhere.File("set/cat/1.png"), elsewhere.File("set/cat/0.png"), overwrite: true);
        Assert.Contains("cat/0.png was changed after the set was frozen", Assert.Throws<TrainerException>(() => opened.OpenPicture(opened.Version.Items[0])).Message, StringComparison.Ordinal);
        File.Delete(elsewhere.File("set/cat/2.png"));
        Assert.Contains("cat/2.png cannot be read any more", Assert.Throws<TrainerException>(() => opened.OpenPicture(opened.Version.Items[2])).Message, StringComparison.Ordinal);

        using var again = OpenedVersion.Open(elsewhere.File("a.version.json"));
        var finding = Assert.Single(QualityCheck.Run(VersionSurvey.Of(again, threads: 1)).Findings, finding => finding.Kind == FindingKind.Unreadable);
        Assert.Equal(["cat/0.png was changed after the set was frozen", "cat/2.png is not there"], finding.Examples);
    }

    [Fact]
    public void OpenedVersion_WrittenAgainElsewhere_FindsThePictures()
    {
        _set.Patterns("set/cat", 0, 10).Patterns("set/dog", 20, 10);
        VersionFile.Write(VersionFreezer.Freeze(_set.Judge(new DataWish { Data = _set.File("set") }), _options), _set.File("a.version.json"));
        using (var opened = OpenedVersion.Open(_set.File("a.version.json")))
        {
            VersionFile.Write(opened.Version, _set.File("runs/1/a.version.json"));
        }

        using var again = OpenedVersion.Open(_set.File("runs/1/a.version.json"));
        again.OpenPicture(again.Version.Items[0]).Dispose();
    }

    [Theory]
    [InlineData("\"class\":0", "\"class\":1", "was changed after it was frozen")]
    [InlineData("\"format\":1", "\"format\":9", "has format 9")]
    [InlineData("{", "[", "is no frozen data set")]
    public void VersionJson_TamperedFile_IsRefused(string from, string to, string message)
    {
        _set.Patterns("cat", 0, 10).Patterns("dog", 20, 10);
        VersionFile.Write(VersionFreezer.Freeze(_set.Judge(), _options), _set.File("a.version.json"));
        var text = File.ReadAllText(_set.File("a.version.json"));
        var at = text.IndexOf(from, StringComparison.Ordinal);
        _set.Text("a.version.json", text[..at] + to + text[(at + from.Length)..]);

        Assert.Contains(message, Assert.Throws<TrainerException>(() => VersionJson.Read(_set.File("a.version.json"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Freeze_BrokenBoxes_AreCutOrLeftOutWithTheirReason()
    {
        _set.Patterns("images", 0, 2).Text("instances.json", """
            {"categories":[{"id":1,"name":"car"}],"images":[{"id":0,"file_name":"images/0.png"},{"id":1,"file_name":"images/1.png"}],
             "annotations":[{"image_id":0,"category_id":1,"bbox":[90,10,20,20]},{"image_id":1,"category_id":1,"bbox":[5,5,0,9]}]}
            """);

        var version = VersionFreezer.Freeze(_set.Judge(), _options with { Shares = new SplitShares(0, 0) });

        Assert.Equal(DatasetKind.Boxes, version.Kind);
        Assert.Equal([new VersionBox(0, 90, 10, 96, 30)], version.Items[0].Boxes!);
        Assert.Empty(version.Items[1].Boxes!);
        Assert.Equal("box (5, 5) to (5, 14) has no area", version.Excluded.Single().Reason);
    }
}
