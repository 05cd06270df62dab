using System.Text.Json.Nodes;
using EdgeVision.Inference;
using EdgeVision.Packaging;
using EdgeVision.Update;

namespace EdgeVision.Agent;

/// <summary>Examines every form of a packaged model that this device can run, one process each, and chooses the fastest that passes (I4).</summary>
/// <remarks>Example: int8 passes with a p50 of 31 ms, fp32 with 24 ms: fp32 is chosen, and both figures are in the evidence. Equal figures: the one named first.</remarks>
internal sealed class DeviceExam(TrialOptions options, InferenceOptions inference, TimeProvider time)
{
    private const int WithoutBudgetMiB = 1024, SpareMiB = 128, ServingMiB = 512;

    /// <summary>What the last chosen variant took, MiB; 0 before.</summary>
    public double MemoryMiB { get; private set; }

    /// <param name="serving">The model in service; an earlier version of the same model is what its time is held against.</param>
    public async Task<TrialVerdict> RunAsync(ModelPackage package, ModelPackage? serving, CancellationToken cancellationToken)
    {
        if (package.Manifest.Requires.RamMiB is { } needed && AvailableMemory.MiB is { } available && available < needed)
        {
            return Judged(TrialVerdict.Fail(UpdateCode.Memory, FormattableString.Invariant($"memory: the model requires {needed} MiB, {available:0} MiB are free")), []);
        }

        var process = new ExamProcess(options, time);
        var reports = new List<ExamReport>();
        foreach (var variant in package.Variants)
        {
            var request = For(package, variant) with { Serving = serving?.Manifest.Model == package.Manifest.Model ? For(serving, serving.Variant) : null };
            reports.Add(await process.RunAsync(request, cancellationToken).ConfigureAwait(false));
        }

        var verdict = Choose(reports);
        MemoryMiB = reports.Find(report => report.Variant == verdict.Variant)?.MemoryMiB ?? 0;
        return verdict;
    }

    private ExamRequest For(ModelPackage package, string variant) => ExamRequest.For(package, variant, inference, MemoryFor(package.Manifest), options.ExamTimeout);

    /// <summary>The verdict over all of them; where none passes, the reason of the first.</summary>
    internal static TrialVerdict Choose(IReadOnlyList<ExamReport> reports)
    {
        var best = reports.Where(report => report.Passed).MinBy(report => report.LatencyMsP50);
        var verdict = best is null
            ? TrialVerdict.Fail(reports[0].Code, string.Join("; ", reports.Select(report => reports.Count == 1 ? report.Reason : $"{report.Variant}: {report.Reason}")))
            : TrialVerdict.Pass with { Variant = best.Variant };
        return Judged(verdict, reports);
    }

    private static TrialVerdict Judged(TrialVerdict verdict, IReadOnlyList<ExamReport> reports) => verdict with
    {
        Evidence = new JsonObject { ["gate"] = "exam", ["chosen"] = verdict.Variant, ["variants"] = new JsonArray([.. reports.Select(Evidence)]) },
    };

    private static JsonNode Evidence(ExamReport report) => new JsonObject
    {
        ["variant"] = report.Variant, ["code"] = (int)report.Code, ["p50"] = report.LatencyMsP50, ["p99"] = report.LatencyMsP99, ["timesAsLong"] = report.TimesAsLong, ["loadMs"] = report.LoadMs, ["memoryMiB"] = report.MemoryMiB,
        ["provider"] = report.Provider, ["frames"] = report.Frames, ["golden"] = report.Golden?.DeepClone(), ["confined"] = report.Confined.Count,
    };

    /// <summary>Twice its budget, so that a model above it can still be told by how much, and room for the model in service beside it; never more than four fifths of what is free.</summary>
    private static int MemoryFor(Manifest manifest)
    {
        var wanted = ServingMiB + (manifest.Gates.MemoryMiB is { } budget ? 2 * budget + SpareMiB : WithoutBudgetMiB);
        return AvailableMemory.MiB is { } available ? Math.Min(wanted, (int)(available * 0.8)) : wanted;
    }
}
