namespace EdgeVision.Agent;

/// <summary>How sure a model is, in ten bins of a tenth each.</summary>
/// <remarks>Distance is half the sum of differences of shares, 0 to 1. Example: all in bin 9 against half in 9 and half in 4: 0.5. Allocates nothing after its making. One thread, or under a lock.</remarks>
internal sealed class ConfidenceHistogram
{
    private const int Bins = 10;
    private readonly long[] _counts = new long[Bins];

    public long Count { get; private set; }

    public void Add(float confidence)
    {
        _counts[float.IsFinite(confidence) ? Math.Clamp((int)(confidence * Bins), 0, Bins - 1) : 0]++;
        Count++;
    }

    /// <returns>0 where one of them has nothing to compare.</returns>
    public double DistanceTo(ConfidenceHistogram other)
    {
        if (Count == 0 || other.Count == 0)
        {
            return 0;
        }

        var sum = 0.0;
        for (var i = 0; i < Bins; i++)
        {
            sum += Math.Abs((double)_counts[i] / Count - (double)other._counts[i] / other.Count);
        }

        return sum / 2;
    }
}
