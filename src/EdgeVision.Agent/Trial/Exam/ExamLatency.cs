using EdgeVision.Inference;

namespace EdgeVision.Agent;

/// <summary>How long a frame takes: warm, and often enough for a p99, but not for ever.</summary>
internal static class ExamLatency
{
    private const int WarmUp = 3, Fewest = 20, Most = 200;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);

    public static ExamReport Measure(VisionModel model, int threads, TimeProvider time, ExamReport report)
    {
        using var pictures = new ExamPictures();
        var clock = new ModelClock(model, threads, time);
        var result = new VisionResult();
        var samples = new List<double>(Most);
        var started = time.GetTimestamp();
        for (var run = 0; samples.Count < Fewest || (samples.Count < Most && time.GetElapsedTime(started) < Longest); run++)
        {
            var milliseconds = clock.Infer(pictures[run], result);
            if (run >= WarmUp)
            {
                samples.Add(milliseconds);
            }
        }

        samples.Sort();
        return report with { Frames = samples.Count, LatencyMsP50 = Quantile(samples, 0.5), LatencyMsP99 = Quantile(samples, 0.99) };
    }

    private static double Quantile(List<double> sorted, double q) => Math.Round(sorted[Math.Min(sorted.Count - 1, (int)(q * sorted.Count))], 3);
}
