using EdgeVision.Inference;

namespace EdgeVision.Agent;

/// <summary>How much longer a frame takes than with the model in service: both look at the same pictures in turn, so that whatever else the machine does meets both alike.</summary>
/// <remarks>The median of the pairs' quotients. Example: 25 against 17 ms, 27 against 18, and 44 against 40 when the machine was busy are 1.47, 1.5 and 1.1: 1.47 times as long.</remarks>
internal static class ExamComparison
{
    private static readonly ExamSamples Samples = new(WarmUp: 2, Fewest: 15, Most: 100, TimeSpan.FromSeconds(1));

    public static double TimesAsLong(VisionModel candidate, VisionModel serving, int threads, TimeProvider time)
    {
        using var pictures = new ExamPictures();
        var (one, other) = (new ModelClock(candidate, threads, time), new ModelClock(serving, threads, time));
        var result = new VisionResult();
        return ExamSamples.Quantile(Samples.Take(run => one.Infer(pictures[run], result) / other.Infer(pictures[run], result), time), 0.5);
    }
}
