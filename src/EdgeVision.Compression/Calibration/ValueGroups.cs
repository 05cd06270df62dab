using System.Runtime.InteropServices;
using EdgeVision.Inference;

namespace EdgeVision.Compression;

/// <summary>Values in groups, each small enough to be given by one run.</summary>
internal static class ValueGroups
{
    /// <summary>Splits values, in the order in which the network gives them, so that each group holds at most <paramref name="memoryBytes"/>, or one value.</summary>
    /// <param name="bytes">What each value holds.</param>
    public static List<List<string>> Split(IReadOnlyList<string> values, IReadOnlyDictionary<string, long> bytes, long memoryBytes)
    {
        var groups = new List<List<string>>();
        var held = 0L;
        foreach (var value in values)
        {
            if (groups.Count == 0 || held + bytes[value] > memoryBytes)
            {
                groups.Add([]);
                held = 0;
            }

            groups[^1].Add(value);
            held += bytes[value];
        }

        return groups;
    }

    /// <summary>What each value holds in floats, by a run that gives shapes alone.</summary>
    public static Dictionary<string, long> Measure(byte[] network, string name, IReadOnlyList<string> values, IReadOnlyDictionary<string, NetworkTensor> sample)
    {
        var bytes = new List<long>();
        using var shapes = TensorNetwork.Open(ExposedNetwork.ShapesOf(network, name, values), name);
        shapes.Run(sample, (_, _, _, data) => bytes.Add(Product(MemoryMarshal.Cast<byte, long>(data)) * sizeof(float)));
        return values.Zip(bytes).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
    }

    private static long Product(ReadOnlySpan<long> lengths)
    {
        var product = 1L;
        foreach (var length in lengths)
        {
            product *= length;
        }

        return product;
    }
}
