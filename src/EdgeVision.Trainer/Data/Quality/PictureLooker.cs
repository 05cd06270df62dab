using EdgeVision.Imaging;

namespace EdgeVision.Trainer;

/// <summary>Makes <see cref="PictureLook"/>s. One thread at a time.</summary>
internal sealed class PictureLooker
{
    private const int Side = 32;
    private const int Low = 8;
    private const int Thumb = 16;
    private const int SmallSide = 64;
    private const float FlatDeviation = 2;

    private static readonly float[] _cosines = Cosines();

    private readonly ImageToTensor _toGrey = new(new TensorSpec { Width = Side, Height = Side, Channels = ChannelOrder.Gray, Resize = ResizeMode.Stretch, Antialias = true });
    private readonly float[] _grey = new float[Side * Side];
    private readonly float[] _rows = new float[Side * Low];
    private readonly float[] _low = new float[Low * Low];

    public PictureLook Look(Frame frame)
    {
        _toGrey.Convert(frame, _grey);
        var mean = _grey.Average();
        var deviation = MathF.Sqrt(_grey.Sum(value => (value - mean) * (value - mean)) / _grey.Length);
        return new PictureLook(Hash(), Thumbnail(mean, deviation), (byte)Math.Clamp(MathF.Round(mean), 0, 255), deviation < FlatDeviation, Math.Min(frame.Width, frame.Height) < SmallSide);
    }

    private ulong Hash()
    {
        for (var y = 0; y < Side; y++)
        {
            Project(_grey.AsSpan(y * Side, Side), 1, _rows.AsSpan(y * Low, Low));
        }

        for (var u = 0; u < Low; u++)
        {
            Project(_rows.AsSpan(u), Low, _low.AsSpan(u * Low, Low));
        }

        // Without the first, which is brightness alone.
        Span<float> sorted = stackalloc float[Low * Low - 1];
        _low.AsSpan(1).CopyTo(sorted);
        sorted.Sort();
        var median = sorted[sorted.Length / 2];
        var hash = 0UL;
        for (var i = 1; i < _low.Length; i++)
        {
            hash |= _low[i] > median ? 1UL << i : 0;
        }

        return hash;
    }

    /// <summary>The lowest terms of the cosine transform (DCT-II) of 32 values that lie <paramref name="stride"/> apart.</summary>
    private static void Project(ReadOnlySpan<float> values, int stride, Span<float> low)
    {
        for (var u = 0; u < Low; u++)
        {
            var sum = 0f;
            for (var x = 0; x < Side; x++)
            {
                sum += values[x * stride] * _cosines[u * Side + x];
            }

            low[u] = sum;
        }
    }

    private sbyte[] Thumbnail(float mean, float deviation)
    {
        const float unit = 32;
        var thumbnail = new sbyte[Thumb * Thumb];
        var scale = unit / MathF.Max(deviation, FlatDeviation);
        for (var i = 0; i < thumbnail.Length; i++)
        {
            var at = 2 * (i / Thumb) * Side + 2 * (i % Thumb);
            var value = (_grey[at] + _grey[at + 1] + _grey[at + Side] + _grey[at + Side + 1]) / 4;
            thumbnail[i] = (sbyte)Math.Clamp(MathF.Round((value - mean) * scale), -127, 127);
        }

        return thumbnail;
    }

    private static float[] Cosines() => [.. Enumerable.Range(0, Low * Side).Select(i => MathF.Cos(MathF.PI * (2 * (i % Side) + 1) * (i / Side) / (2 * Side)))];
}
