namespace EdgeVision.Compression;

/// <summary>Which class each pixel of a picture has, and which it was given.</summary>
/// <remarks>Example: of two classes, 3 pixels of the first found as such and 1 as the second, and the 4 of the second all found: 3/4 and 4/5, mean 0.775.</remarks>
public sealed class SegmentOverlap(int classes)
{
    /// <summary>That are told apart.</summary>
    public int Classes => classes;

    // Row: the true class; column: the answered one.
    private readonly long[] _counts = new long[classes * classes];

    /// <summary>Intersection over union, mean over the classes that occur; 0 where none does.</summary>
    public double Mean => MeanOf(_counts, classes);

    /// <summary>One pixel; what is no class is not counted.</summary>
    public void Add(byte truth, byte answer)
    {
        if (truth < classes && answer < classes)
        {
            _counts[truth * classes + answer]++;
        }
    }

    internal static double MeanOf(ReadOnlySpan<long> counts, int classes)
    {
        var (sum, occurring) = (0.0, 0);
        for (var id = 0; id < classes; id++)
        {
            var union = -counts[id * classes + id];
            for (var other = 0; other < classes; other++)
            {
                union += counts[id * classes + other] + counts[other * classes + id];
            }

            if (union > 0)
            {
                sum += (double)counts[id * classes + id] / union;
                occurring++;
            }
        }

        return occurring == 0 ? 0 : sum / occurring;
    }

    /// <summary>Adds the counts so many times.</summary>
    internal void AddTo(Span<long> sums, int times)
    {
        for (var i = 0; i < sums.Length; i++)
        {
            sums[i] += times * _counts[i];
        }
    }

    /// <summary>Shares of the classes, largest first. Example: 93 % good, 7 % defect.</summary>
    internal string Words(DatasetClasses names, bool isTruth)
    {
        var shares = Enumerable.Range(0, classes).Select(id => (Id: id, Count: Enumerable.Range(0, classes).Sum(other => isTruth ? _counts[id * classes + other] : _counts[other * classes + id]))).ToArray();
        var all = Math.Max(1, shares.Sum(share => share.Count));
        return string.Join(", ", shares.Where(share => share.Count > 0.005 * all).OrderByDescending(share => share.Count).Select(share => $"{100.0 * share.Count / all:0} % {names.Names[share.Id]}"));
    }
}
