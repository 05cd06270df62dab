using EdgeVision.Inference;

namespace EdgeVision.Agent;

/// <summary>How long a frame takes: warm, and often enough for a p99, but not for ever.</summary>
internal static class ExamLatency
{
    private static readonly ExamSamples Samples = new(WarmUp: 3, Fewest: 20, Most: 200, TimeSpan.FromSeconds(3));

    public static ExamReport Measure(VisionModel model, int threads, TimeProvider time, ExamReport report)
    {
        using var pictures = new ExamPictures();
        var clock = new ModelClock(model, threads, time);
        var result = new VisionResult();
        var samples = Samples.Take(run => clock.Infer(pictures[run], result), time);
        return report with { Frames = samples.Count, LatencyMsP50 = ExamSamples.Quantile(samples, 0.5), LatencyMsP99 = ExamSamples.Quantile(samples, 0.99) };
    }
}
