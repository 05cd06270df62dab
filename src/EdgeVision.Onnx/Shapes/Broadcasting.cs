namespace EdgeVision.Onnx;

/// <summary>ONNX's multidirectional broadcasting: aligned at the last length, 1 stretches to any. [8,1,6] and [7,1] give [8,7,6].</summary>
internal static class Broadcasting
{
    /// <returns>Null where two lengths cannot meet.</returns>
    public static long[]? Meet(IReadOnlyList<long> first, IReadOnlyList<long> second)
    {
        var result = new long[Math.Max(first.Count, second.Count)];
        for (var i = 1; i <= result.Length; i++)
        {
            if (Meet(FromBehind(first, i), FromBehind(second, i)) is not { } length)
            {
                return null;
            }

            result[^i] = length;
        }

        return result;
    }

    /// <summary>An open length can only be 1 or the other one, so another one above 1 decides.</summary>
    private static long? Meet(long first, long second) =>
        first == second ? first
        : first == 1 || (first < 0 && second != 1) ? second
        : second == 1 || second < 0 ? first
        : null;

    private static long FromBehind(IReadOnlyList<long> lengths, int index) => index <= lengths.Count ? lengths[^index] : 1;
}
