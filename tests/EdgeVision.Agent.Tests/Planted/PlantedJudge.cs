using EdgeVision.Imaging;
using EdgeVision.Inference;
using EdgeVision.Packaging;
using EdgeVision.Planted;
using EdgeVision.Update;

namespace EdgeVision.Agent.Tests;

/// <summary>Takes planted models through the device's own gates in their order: the exam in a process of the published daemon, then live pictures beside the model in service.</summary>
/// <remarks>No package names a latency budget: a new version is held against the one in service, in the same process, because this machine is shared.</remarks>
internal sealed class PlantedJudge(string folder)
{
    private const int LivePictures = 300;

    private readonly TrialOptions _options = new() { Examiner = Published.Daemon };

    public async Task<PlantedVerdict> JudgeAsync(PlantedModel model, CancellationToken cancellationToken)
    {
        var serving = PlantedPackage.WriteBase(Path.Combine(folder, "serving"), model.Base);
        var package = PlantedPackage.Write(Path.Combine(folder, "candidate"), model);
        var exam = await ExamineAsync(package, serving, model.Expected, cancellationToken);
        if (exam.Outcome != TrialOutcome.Pass)
        {
            return new PlantedVerdict(model, GateOf(exam), exam.Code, exam.Reason);
        }

        var shadow = Shadow(model, package, serving);
        return new PlantedVerdict(model, shadow.Outcome == TrialOutcome.Pass ? StoppedAt.None : StoppedAt.Shadow, shadow.Code, shadow.Outcome == TrialOutcome.Pass ? Summary(exam, shadow) : shadow.Reason);
    }

    // The endless one is known not to come back; the others have the minute they have on a device, because this machine is shared.
    private Task<TrialVerdict> ExamineAsync(ModelPackage package, ModelPackage serving, StoppedAt expected, CancellationToken cancellationToken)
    {
        var options = expected == StoppedAt.TimeLimit ? _options with { ExamTimeout = TimeSpan.FromSeconds(5) } : _options;
        return new DeviceExam(options, new InferenceOptions(), TimeProvider.System).RunAsync(package, serving, cancellationToken);
    }

    private static StoppedAt GateOf(TrialVerdict verdict) => verdict.Code switch
    {
        UpdateCode.Golden => StoppedAt.Golden,
        UpdateCode.NotANumber => StoppedAt.PlainPictures,
        UpdateCode.Latency => StoppedAt.Latency,
        UpdateCode.OutOfMemory or UpdateCode.Memory => StoppedAt.Memory,
        _ when verdict.Reason.Contains("did not end within", StringComparison.Ordinal) => StoppedAt.TimeLimit,
        _ => StoppedAt.Load,
    };

    private TrialVerdict Shadow(PlantedModel model, ModelPackage package, ModelPackage serving)
    {
        using var active = VisionModel.Load(serving, new InferenceOptions());
        using var candidate = VisionModel.Load(package, new InferenceOptions());
        var tally = new AgreementTally(active.Labels, candidate.Labels);
        var clock = new ModelClock(candidate, threads: 1, TimeProvider.System);
        var (said, result) = (new VisionResult(), new VisionResult());
        var memory = ProcessFigures.RssMiB ?? 0;
        foreach (var picture in model.Base.Live.Take(LivePictures))
        {
            using var frame = ImageCodec.Decode(picture.Encoded, picture.Name);
            active.Infer(frame, said);
            var milliseconds = clock.Infer(frame, result);
            tally.Add(said, result, milliseconds, ResultCheck.IsSound(candidate, result));
        }

        var limits = ShadowLimits.Of(package.Manifest.Gates, _options);
        var facts = new ShadowFacts(tally.Read(), limits.Time, TimeSpan.Zero, null, (ProcessFigures.RssMiB ?? memory) - memory);
        var verdict = ShadowJudge.Judge(facts, limits) ?? throw new InvalidOperationException($"{model.Name}: {facts.Figures.Seen} frames with something in them are too few for a verdict.");
        return verdict with { Evidence = facts.Figures.ToJson() };
    }

    private static string Summary(TrialVerdict exam, TrialVerdict shadow)
    {
        var variant = exam.Evidence["variants"]![0]!;
        return FormattableString.Invariant($"golden {variant["golden"]!["top1"]}, score off by {variant["golden"]!["meanScoreDelta"]}, {variant["timesAsLong"]} times as long, {variant["memoryMiB"]} MiB; agreement {shadow.Evidence["agreement"]}");
    }
}
