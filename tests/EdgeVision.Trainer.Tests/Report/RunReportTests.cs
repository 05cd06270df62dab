using System.Text.RegularExpressions;
using EdgeVision.Compression;
using EdgeVision.Imaging;
using EdgeVision.Trainer.Measurement;
using EdgeVision.Trainer.Report;
using EdgeVision.Trainer.Tests.Training;
using EdgeVision.Trainer.Training;

namespace EdgeVision.Trainer.Tests.Report;

[Collection(TwoRuns.Collection)]
public sealed class RunReportTests(TwoRuns runs)
{
    private readonly string _page = File.ReadAllText(Path.Combine(runs.Good, "report.html"));

    [Theory]
    [InlineData("How it learnt")]
    [InlineData("validation")]
    [InlineData("What is taken for what")]
    [InlineData("Worst mistakes")]
    [InlineData("held by the exported weights")]
    [InlineData("A miss costs 5.00")]
    [InlineData("sha256:")]
    [InlineData("learning rate")]
    public void Page_OfARun_Says(string words) => Assert.Contains(words, _page, StringComparison.Ordinal);

    [Fact]
    public void Page_NamesThatAreMarkup_AreEncoded()
    {
        Assert.Contains("&lt;b&gt;rows&lt;/b&gt;", _page, StringComparison.Ordinal);
        Assert.Contains("columns &amp; &quot;more&quot;", _page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>rows", _page, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_NamesOfFilesAndRuns_AreEncoded()
    {
        const string Name = "<script>alert(1)</script>";
        var (folder, run) = RunFolder.Open(runs.Good);
        using var data = HeldOut.Of(OpenedVersion.Open(folder.Data));
        using var trial = TrialPackage.Of(folder, run)!;

        var page = RunPage.Write(new RunFindings(Name, run with { Settings = run.Settings with { Augment = Name, From = Name } }, folder.ReadResult()!, folder.ReadEpochs(), VersionJson.Read(folder.Data) with { Name = Name },
            Judgement.Of(trial.Package, data), [new Mistake(Name, Name, Name, ["data:,"])]));

        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_OfADetector_DrawsWhatIsThereAndWhatIsAnswered()
    {
        var (folder, run) = RunFolder.Open(runs.Good);
        var frame = new FramePool("street", new ImageLayout(PixelFormat.Bgr24, 160, 120), capacity: 1);
        var truth = new Truth { Boxes = [new TrueBox(0, new BoundingBox(20, 20, 60, 60)), new TrueBox(1, new BoundingBox(90, 40, 140, 90))] };
        var outcome = new ItemOutcome("street.png", 0.5, "1 car, 1 person", "2 car") { Boxes = new BoxOutcome([0, 1], [new FoundBox(0, 0.9f, true), new FoundBox(0, 0.6f, false)]) };
        var picture = new JudgedPicture(new DatasetItem("street.png", 0, truth, () => frame.TryRent()!), outcome, 160, 120, 0) { Boxes = Detections.Of((22, 19, 61, 58, 0.9f, 0), (90, 40, 140, 90, 0.6f, 0)) };
        var evaluation = new Evaluation("ap50", 0.5, 0.3, 0.7, 1, 5, [outcome]) { Classes = [new ClassPrecision("car", 1, 1), new ClassPrecision("person", 1, 0)] };
        var judged = new Judgement(evaluation, DatasetKind.Boxes, ["car", "person"], [picture]);

        var page = RunPage.Write(new RunFindings("street", run, folder.ReadResult()!, folder.ReadEpochs(), VersionJson.Read(folder.Data), judged, MistakeGallery.Of(judged)));

        Assert.Contains("What is found, at what price", page, StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(page, "data:image/jpeg"));
        Assert.Contains("2 car; average precision 0.50", page, StringComparison.Ordinal);
        Assert.Equal(["car", "person"], Slices.Of(judged).Where(slice => slice.By == "class").Select(slice => slice.Name));
    }

    [Fact]
    public void Page_Always_NeedsNothingBesideIt() => Assert.DoesNotMatch(new Regex("""(src|href)="(?!data:)|<script|@import|url\("""), _page);

    [Fact]
    public void Write_Again_IsTheSamePageButForTimes()
    {
        static string Timeless(string page) => Regex.Replace(page, """<div class="tile"><b>[\d.]+ ms</b>""", "");

        Assert.Equal(Timeless(_page), Timeless(File.ReadAllText(RunReport.Write(runs.Good))));
    }

    [Fact]
    public void Result_OfTwoClasses_HasAreaCalibrationAndDecision()
    {
        var result = RunFolder.Open(runs.Good).Folder.ReadResult()!;

        Assert.InRange(result.Test.Auroc!.Value, 0.8, 1);
        Assert.True(result.Calibration!.LossAfter <= result.Calibration.LossBefore + 0.05);
        Assert.Equal("columns & \"more\"", result.Decision!.Alarm);
        Assert.InRange(result.Decision.Threshold, 0, 1);
    }
}
