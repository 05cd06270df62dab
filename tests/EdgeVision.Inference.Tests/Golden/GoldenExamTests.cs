using EdgeVision.Packaging;

namespace EdgeVision.Inference.Tests;

public sealed class GoldenExamTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void GoldenSetBuilder_ToyModel_ExpectsWhatIsInThePicture()
    {
        var frame = Build(1).Frames[0];

        // Red 200, green 100, blue 50 of 255; JPEG may be off by two.
        Assert.Equal([0, 1, 2], frame.Answers.Select(answer => answer.ClassId));
        Assert.All(frame.Answers.Zip([200f, 100f, 50f]), pair => Assert.Equal(pair.Second / 255, pair.First.Confidence, 2f / 255));
    }

    [Fact]
    public void GoldenExam_SameModelSamePictures_Passes()
    {
        var report = Exam(ToyClassifier.Mean, Build(4).Write());

        Assert.Equal((GoldenOutcome.Pass, "", 4, null), (report.Outcome, report.Reason, report.Frames, report.FirstFailing));
        Assert.Equal((1, 0, 0), (report.Top1, report.Missing, report.MaxScoreDelta));
        Assert.InRange(report.LatencyMsP50, double.Epsilon, report.LatencyMsP99);
    }

    [Fact]
    public void GoldenExam_NoGoldenSet_LooksAtTheExtremePicturesOnly()
    {
        var report = Exam(ToyClassifier.Mean, null);

        Assert.Equal((GoldenOutcome.Pass, 0), (report.Outcome, report.Frames));
        Assert.True(report.LatencyMsP99 > 0);
    }

    // T53: both sides of the tolerance, by which a score of the third frame is off.
    [Theory]
    [InlineData(0.0499f, GoldenOutcome.Pass)]
    [InlineData(0.05f, GoldenOutcome.Pass)]
    [InlineData(0.0501f, GoldenOutcome.Differs)]
    [InlineData(-0.0499f, GoldenOutcome.Pass)]
    [InlineData(-0.0501f, GoldenOutcome.Differs)]
    public void GoldenExam_ScoreOffByTheTolerance_PassesUpToIt(float off, GoldenOutcome expected)
    {
        var golden = Change(Build(4), 2, answers => [answers[0] with { Confidence = answers[0].Confidence + off }, .. answers.Skip(1)]);

        var report = Exam(ToyClassifier.Mean, golden.Write());

        Assert.Equal(expected, report.Outcome);
        Assert.Equal(Math.Abs(off), report.MaxScoreDelta, 1e-5);
        Assert.Equal(expected == GoldenOutcome.Pass ? null : "c.jpg", report.FirstFailing);
    }

    // Of 32 frames 31 are 0.96875.
    [Theory]
    [InlineData(0.96875, GoldenOutcome.Pass)]
    [InlineData(0.9688, GoldenOutcome.Differs)]
    public void GoldenExam_OneClassOfThirtyTwoDiffers_PassesUpToTheShare(double minTop1, GoldenOutcome expected)
    {
        var golden = Change(Build(32), 30, answers => [answers[1], answers[0], answers[2]]);

        var report = Exam(ToyClassifier.Mean, golden.Write(), new GoldenGate { MinTop1 = minTop1, MaxScoreDelta = 1 });

        Assert.Equal((expected, 0.96875, 1), (report.Outcome, report.Top1, report.Missing));
        Assert.Equal(expected == GoldenOutcome.Differs, report.Reason.Contains("1 of 32 frames have another class: 0.969", StringComparison.Ordinal));
        Assert.NotNull(report.FirstFailing);
    }

    // T54: what a golden set of good pictures does not show.
    [Fact]
    public void GoldenExam_NotANumberForBlackOnly_IsFoundAfterTheGoldenSet()
    {
        var golden = Build(4, ToyClassifier.Share);

        var report = Exam(ToyClassifier.Share, golden.Write());

        Assert.Equal((GoldenOutcome.NotANumber, "black", 4), (report.Outcome, report.FirstFailing, report.Frames));
        Assert.Contains("NaN or an infinity for frame black", report.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void GoldenExam_NotANumberInTheGoldenSet_NamesTheFrame()
    {
        var golden = Change(Build(2), 1, answers => answers) is var set ? set with { Frames = [set.Frames[0], set.Frames[1] with { Picture = ToyClassifier.Picture(0, 0, 0) }] } : set;

        var report = Exam(ToyClassifier.Share, golden.Write(), new GoldenGate { MinTop1 = 0, MaxScoreDelta = 1 });

        Assert.Equal((GoldenOutcome.NotANumber, "b.jpg"), (report.Outcome, report.FirstFailing));
    }

    [Fact]
    public void GoldenExam_ScoreAboveOne_IsNoProbability()
    {
        var report = Exam(ToyClassifier.TooSure, null);

        Assert.Equal((GoldenOutcome.NotANumber, "white"), (report.Outcome, report.FirstFailing));
        Assert.Contains("a confidence is not from 0 to 1", report.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void GoldenExam_GoldenSetThatIsNone_IsUnreadable() =>
        AssertUnreadable("not a golden set at all"u8.ToArray(), _folder.File("golden.bin"));

    [Fact]
    public void GoldenExam_GoldenSetOfBoxes_IsNotForAClassifier() =>
        AssertUnreadable((Build(1) with { Kind = GoldenKind.Boxes }).Write(), "does not answer with these");

    [Fact]
    public void GoldenExam_DamagedPicture_IsNamed()
    {
        var set = Build(2);

        AssertUnreadable((set with { Frames = [set.Frames[0], set.Frames[1] with { Picture = set.Frames[1].Picture[..40] }] }).Write(), "b.jpg");
    }

    [Fact]
    public void GoldenExam_Cancelled_Stops()
    {
        var package = ToyClassifier.Write(_folder.Path, ToyClassifier.Mean);
        using var model = VisionModel.Load(package, new InferenceOptions());

        Assert.Throws<OperationCanceledException>(() => GoldenExam.Run(model, package, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void GoldenSetBuilder_ModelThatGivesNotANumber_IsRefused()
    {
        var package = ToyClassifier.Write(_folder.Path, ToyClassifier.Share);
        using var model = VisionModel.Load(package, new InferenceOptions());

        Assert.Contains("dark.jpg", Assert.Throws<InferenceException>(() => GoldenSetBuilder.Build(model, package, [("dark.jpg", ToyClassifier.Picture(0, 0, 0))])).Message, StringComparison.Ordinal);
    }

    /// <summary>A real detector on real pictures: its own answers pass, those of the same network fed with another order of colours do not.</summary>
    [Fact]
    public void GoldenExam_RealDetector_PassesItsOwnAnswersAndNotThoseOfWrongColours()
    {
        var pictures = CocoPictures.Paths().Where((_, i) => i % 12 == 0).Select(path => (Path.GetFileName(path), (ReadOnlyMemory<byte>)File.ReadAllBytes(path))).ToArray();
        var right = Zoo.Open("yolox-nano");
        byte[] golden;
        using (var model = VisionModel.Load(right, new InferenceOptions()))
        {
            golden = GoldenSetBuilder.Build(model, right, pictures).Write();
        }

        var same = Exam(Zoo.Change("yolox-nano", _folder.File("same"), WithGolden, ("golden.bin", golden)));
        var wrong = Exam(Zoo.Change("yolox-nano", _folder.File("wrong"), manifest => WithGolden(manifest with { Preprocess = manifest.Preprocess with { Channels = "rgb" } }), ("golden.bin", golden)));

        Assert.Equal((GoldenOutcome.Pass, 1, 1), (same.Outcome, same.Top1, same.MeanIoU));
        Assert.Equal(GoldenOutcome.Differs, wrong.Outcome);

        static Manifest WithGolden(Manifest manifest) => manifest with { Files = [.. manifest.Files, new ManifestFile("golden", "golden.bin", 0, "")] };
    }

    private void AssertUnreadable(byte[] golden, string expected)
    {
        var report = Exam(ToyClassifier.Mean, golden);

        Assert.Equal(GoldenOutcome.Unreadable, report.Outcome);
        Assert.Contains(expected, report.Reason, StringComparison.Ordinal);
    }

    private GoldenReport Exam(byte[] network, byte[]? golden, GoldenGate? gate = null) => Exam(ToyClassifier.Write(_folder.Path, network, golden, gate));

    private static GoldenReport Exam(ModelPackage package)
    {
        using var model = VisionModel.Load(package, new InferenceOptions());
        return GoldenExam.Run(model, package);
    }

    /// <summary>The answers of a toy model for pictures that grow lighter.</summary>
    private static GoldenSet Build(int count, byte[]? network = null)
    {
        using var folder = new TemporaryDirectory();
        var package = ToyClassifier.Write(folder.Path, network ?? ToyClassifier.Mean);
        using var model = VisionModel.Load(package, new InferenceOptions());
        return GoldenSetBuilder.Build(model, package, Enumerable.Range(0, count).Select(i => (NameOf(i), (ReadOnlyMemory<byte>)ToyClassifier.Picture((byte)(200 - i), (byte)(100 + i), 50))));
    }

    private static string NameOf(int index) => index < 26 ? $"{(char)('a' + index)}.jpg" : $"z{index}.jpg";

    private static GoldenSet Change(GoldenSet set, int index, Func<IReadOnlyList<GoldenAnswer>, IReadOnlyList<GoldenAnswer>> change) =>
        set with { Frames = [.. set.Frames.Select((frame, i) => i == index ? frame with { Answers = change(frame.Answers) } : frame)] };
}
