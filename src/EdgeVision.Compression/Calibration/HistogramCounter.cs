using System.Numerics;

namespace EdgeVision.Compression;

/// <summary>A histogram that grows: its bins double in width, merged pairwise from zero, until everything fits.</summary>
/// <remarks>
/// A width is a power of two, so a number's bin is found without rounding, and a merged histogram is the one that wide bins would have counted from the start.
/// Example: 4 bins, numbers 0.5, 1.5 and 3.5 in bins of width 1; then 7 comes, the width becomes 2 and the counts are [2, 1, 0, 1].
/// </remarks>
internal sealed class HistogramCounter(int bins)
{
    private const int SmallestExponent = -126;
    private const int Chunk = 1024;

    private long[] _counts = new long[bins];
    private int _exponent = SmallestExponent;
    private int _first;
    private float _least;
    private float _greatest;

    /// <summary>Counts finite numbers.</summary>
    /// <param name="least">The least of them, which the caller knows already.</param>
    public void Add(ReadOnlySpan<float> values, float least, float greatest)
    {
        Fit(MathF.Min(least, _least), MathF.Max(greatest, _greatest));
        Span<int> index = stackalloc int[Chunk];
        var perWidth = MathF.ScaleB(1, -_exponent);
        for (var start = 0; start < values.Length; start += Chunk)
        {
            var part = values.Slice(start, Math.Min(Chunk, values.Length - start));
            FindBins(part, perWidth, index);
            Count(index[..part.Length]);
        }
    }

    public ValueHistogram ToHistogram()
    {
        var last = (int)Index(_greatest, _exponent) - _first;
        return new ValueHistogram(Math.ScaleB(1, _exponent), _first, _counts[..(last + 1)]);
    }

    private static double Index(float value, int exponent) => Math.Floor(Math.ScaleB(value, -exponent));

    private static void FindBins(ReadOnlySpan<float> values, float perWidth, Span<int> index)
    {
        var i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.ConvertToInt32Native(Vector.Floor(new Vector<float>(values[i..]) * perWidth)).CopyTo(index[i..]);
        }

        for (; i < values.Length; i++)
        {
            index[i] = (int)MathF.Floor(values[i] * perWidth);
        }
    }

    private void Count(ReadOnlySpan<int> index)
    {
        var counts = _counts;
        var first = _first;
        foreach (var bin in index)
        {
            counts[bin - first]++;
        }
    }

    private void Fit(float least, float greatest)
    {
        var exponent = _exponent;
        while (Index(greatest, exponent) - Index(least, exponent) >= bins)
        {
            exponent++;
        }

        var first = (int)Index(least, exponent);
        if (exponent != _exponent || first != _first)
        {
            Move(exponent, first);
        }

        (_least, _greatest) = (least, greatest);
    }

    private void Move(int exponent, int first)
    {
        var shift = Math.Min(exponent - _exponent, 31);
        var counts = new long[bins];
        for (var i = 0; i < bins; i++)
        {
            if (_counts[i] > 0)
            {
                counts[((_first + i) >> shift) - first] += _counts[i];
            }
        }

        (_counts, _exponent, _first) = (counts, exponent, first);
    }
}
