namespace EdgeVision.Agent;

/// <summary>Looks at pictures in turn, warm, and often enough for what is asked of the figures, but not for ever.</summary>
/// <param name="WarmUp">Looks that do not count.</param>
/// <param name="Longest">After it no more than <paramref name="Fewest"/> are taken.</param>
internal sealed record ExamSamples(int WarmUp, int Fewest, int Most, TimeSpan Longest)
{
    /// <param name="look">One look at the picture of this number.</param>
    /// <returns>Sorted.</returns>
    public List<double> Take(Func<int, double> look, TimeProvider time)
    {
        var samples = new List<double>(Most);
        var started = time.GetTimestamp();
        for (var run = 0; samples.Count < Fewest || (samples.Count < Most && time.GetElapsedTime(started) < Longest); run++)
        {
            var sample = look(run);
            if (run >= WarmUp)
            {
                samples.Add(sample);
            }
        }

        samples.Sort();
        return samples;
    }

    /// <summary>To three places. Example: 0.99 of 200 samples is the 199th.</summary>
    public static double Quantile(List<double> sorted, double q) => Math.Round(sorted[Math.Min(sorted.Count - 1, (int)(q * sorted.Count))], 3);
}
