using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>Every other row and column of a value, beginning with row <paramref name="Top"/> and column <paramref name="Left"/> (0 or 1).</summary>
internal sealed record SampledPixels(string Source, int Top, int Left)
{
    private const int Row = 2, Column = 3;

    /// <summary>What one Slice, or two of them one behind the other, take out; null when that is anything else.</summary>
    public static SampledPixels? Of(CleanupRun run, string value)
    {
        var starts = new Dictionary<long, long>();
        while (starts.Count < 2)
        {
            if (run.Graph.ProducerOf(value) is not { } slice || !slice.Is("Slice") || Steps(run, slice) is not { } steps || !steps.All(step => starts.TryAdd(step.Axis, step.Start)))
            {
                return null;
            }

            value = slice.Input[0];
        }

        return starts.TryGetValue(Row, out var top) && starts.TryGetValue(Column, out var left) ? new SampledPixels(value, (int)top, (int)left) : null;
    }

    // Null unless every axis is gone along by twos from 0 or 1 to its very end.
    private static List<(long Axis, long Start)>? Steps(CleanupRun run, NodeProto slice)
    {
        var lists = Enumerable.Range(1, 4).Select(index => run.Graph.ConstantOf(slice, index)?.ReadLongs()).ToArray();
        if (lists is not [{ } starts, { } ends, { } axes, { } steps] || steps.Any(step => step != 2) || starts.Any(start => start is not (0 or 1)))
        {
            return null;
        }

        var lengths = run.Shapes.Of(slice.Input[0])?.Lengths;
        return axes.Zip(ends).All(step => step.Second >= int.MaxValue || (lengths?[(int)step.First] is { } length and >= 0 && step.Second >= length)) ? [.. axes.Zip(starts)] : null;
    }
}
