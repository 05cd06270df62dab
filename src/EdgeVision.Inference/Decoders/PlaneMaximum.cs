using System.Numerics;
using System.Runtime.InteropServices;

namespace EdgeVision.Inference;

/// <summary>The largest of several planes at every place, and which plane it is of.</summary>
/// <remarks>Plane by plane, because the values of one place lie a whole plane apart. Example: planes (1, 5) and (3, 2) are best (3, 5) of planes (1, 0). The first of equal planes stays. 0 bytes allocated.</remarks>
internal sealed class PlaneMaximum(int length)
{
    private readonly float[] _best = new float[length];
    private readonly int[] _plane = new int[length];

    public ReadOnlySpan<float> Best => _best;

    /// <summary>0 where no plane was above the floor.</summary>
    public ReadOnlySpan<int> Planes => _plane;

    /// <param name="floor">Below it nothing counts.</param>
    public void Reset(float floor)
    {
        Array.Fill(_best, floor);
        Array.Clear(_plane);
    }

    public void Keep(ReadOnlySpan<float> values, int plane)
    {
        var candidates = MemoryMarshal.Cast<float, Vector<float>>(values);
        var best = MemoryMarshal.Cast<float, Vector<float>>(_best.AsSpan());
        var planes = MemoryMarshal.Cast<int, Vector<int>>(_plane.AsSpan());
        for (var i = 0; i < candidates.Length; i++)
        {
            var isBetter = Vector.GreaterThan(candidates[i], best[i]);
            best[i] = Vector.ConditionalSelect(isBetter, candidates[i], best[i]);
            planes[i] = Vector.ConditionalSelect(isBetter, new Vector<int>(plane), planes[i]);
        }

        for (var i = candidates.Length * Vector<float>.Count; i < values.Length; i++)
        {
            if (values[i] > _best[i])
            {
                (_best[i], _plane[i]) = (values[i], plane);
            }
        }
    }
}
