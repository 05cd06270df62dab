namespace EdgeVision.Compression;

/// <summary>A layer that writes channels and those that read them.</summary>
internal sealed record ChannelPair(WeightedLayer First, IReadOnlyList<WeightedLayer> Seconds)
{
    // Because below this part of the greatest range a channel is nothing but noise, and blowing it up would blow its bias up.
    private const float Dead = 1e-6f;

    public IEnumerable<WeightedLayer> Layers => Seconds.Prepend(First);

    public EqualizedPair Described => new(First.Node.Name, [.. Seconds.Select(second => second.Node.Name)], First.Outputs);

    /// <summary>Gives both sides the same range in each channel, sqrt(r1 r2): equation 11 of Nagel et al.</summary>
    /// <returns>The largest change of a channel, as the magnitude of the logarithm of its factor.</returns>
    public double Equalize()
    {
        var (written, read) = (First.OutputRanges(), ReadRanges());
        float[] scales = [.. Scales(written, read)];
        First.DivideOutputs(scales);
        foreach (var second in Seconds)
        {
            second.MultiplyInputs(scales);
        }

        return scales.Max(scale => Math.Abs(Math.Log(scale)));
    }

    /// <summary>Greatest over least range of the channels that are alive, on the side that writes.</summary>
    public double Ratio()
    {
        var ranges = First.OutputRanges();
        var alive = ranges.Where(range => range > Dead * ranges.Max()).ToArray();
        return alive.Length == 0 ? 1 : alive.Max() / alive.Min();
    }

    private float[] ReadRanges()
    {
        var ranges = Seconds.Select(second => second.InputRanges(First.Outputs)).ToArray();
        return [.. Enumerable.Range(0, First.Outputs).Select(channel => ranges.Max(range => range[channel]))];
    }

    private static IEnumerable<float> Scales(float[] written, float[] read)
    {
        var (leastWritten, leastRead) = (Dead * written.Max(), Dead * read.Max());
        for (var i = 0; i < written.Length; i++)
        {
            yield return written[i] > leastWritten && read[i] > leastRead ? MathF.Sqrt(written[i] / read[i]) : 1;
        }
    }
}
