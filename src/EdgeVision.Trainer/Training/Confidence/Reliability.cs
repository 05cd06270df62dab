namespace EdgeVision.Trainer.Training;

/// <summary>How sure answers are against how often they are right, in bins of equal width.</summary>
/// <remarks>Example: of ten answers with 0.95 eight are right: one bin of confidence 0.95 and share right 0.8, error 0.15.</remarks>
internal sealed class Reliability
{
    private const int Count = 15;

    private Reliability(IReadOnlyList<ReliabilityBin> bins) => Bins = bins;

    /// <summary>15 from 0 to 1; those without answers among them.</summary>
    public IReadOnlyList<ReliabilityBin> Bins { get; }

    /// <summary>Expected calibration error (Naeini et al. 2015): the distance of both, mean over the answers. 0 = as sure as right.</summary>
    public double Error => Bins.Sum(bin => bin.Count * Math.Abs(bin.Confidence - bin.Right)) / Math.Max(1, Bins.Sum(bin => bin.Count));

    public static Reliability Of(IEnumerable<(double Confidence, bool IsRight)> answers)
    {
        var byBin = answers.ToLookup(answer => Math.Min(Count - 1, (int)(answer.Confidence * Count)));
        return new Reliability([.. Enumerable.Range(0, Count).Select(i => byBin[i].ToArray() is { Length: > 0 } bin
            ? new ReliabilityBin(bin.Length, bin.Average(answer => answer.Confidence), (double)bin.Count(answer => answer.IsRight) / bin.Length)
            : new ReliabilityBin(0, (i + 0.5) / Count, 0))]);
    }
}
