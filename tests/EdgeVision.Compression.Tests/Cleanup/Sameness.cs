using System.Numerics.Tensors;
using EdgeVision.Inference;

namespace EdgeVision.Compression.Tests;

/// <summary>How far two networks are apart on the same drawn numbers, whether ONNX Runtime rewrites them or not.</summary>
internal static class Sameness
{
    /// <summary>The greatest difference of any output, as a share of that output's largest magnitude; infinite where one is not a number.</summary>
    /// <param name="lengths">By input name; an input that is left out has an open length as 2.</param>
    /// <param name="greatest">Inputs are drawn from 0 to this.</param>
    /// <param name="levels">How far ONNX Runtime rewrites; not at all and everything where nothing is said.</param>
    public static double Difference(byte[] before, byte[] after, IReadOnlyDictionary<string, long[]>? lengths = null, float greatest = 1, params int[] levels) =>
        (levels.Length > 0 ? levels : [0, 3]).Max(level =>
        {
            using var first = TensorNetwork.Open(before, "before", new TensorNetworkOptions { OptimizationLevel = level });
            using var second = TensorNetwork.Open(after, "after", new TensorNetworkOptions { OptimizationLevel = level });
            var inputs = first.Inputs.ToDictionary(input => input.Name, input => Draw(input, lengths?.GetValueOrDefault(input.Name), greatest: greatest));
            var (expected, actual) = (first.Run(inputs), second.Run(inputs));
            return expected.Max(output => Difference(output.Value, actual[output.Key]));
        });

    public static NetworkTensor Draw(NetworkValue input, long[]? lengths, int seed = 7, float greatest = 1)
    {
        lengths ??= [.. input.Shape.Select(length => length > 0 ? length : 2L)];
        var random = new Random(seed);
        float[] numbers = [.. Enumerable.Range(0, (int)TensorPrimitives.Product<long>(lengths)).Select(_ => random.NextSingle() * greatest)];
        return input.Type == 10
            ? new NetworkTensor(10, lengths, System.Runtime.InteropServices.MemoryMarshal.AsBytes<Half>((Half[])[.. numbers.Select(number => (Half)number)]).ToArray())
            : NetworkTensor.Of(lengths, numbers);
    }

    public static double Difference(NetworkTensor expected, NetworkTensor actual)
    {
        Assert.Equal((expected.Type, string.Join(',', expected.Shape)), (actual.Type, string.Join(',', actual.Shape)));
        var (first, second) = (Numbers(expected), Numbers(actual));
        var largest = first.Max(Math.Abs);
        var difference = first.Zip(second, (one, other) => Math.Abs((double)one - other)).Max() / Math.Max(largest, 1e-30);
        return double.IsNaN(difference) ? double.PositiveInfinity : difference;
    }

    /// <summary>The mean difference, as a share of the largest magnitude: what rounding does to a network, where a single value may jump.</summary>
    public static double MeanDifference(NetworkTensor expected, NetworkTensor actual)
    {
        var (first, second) = (Numbers(expected), Numbers(actual));
        return first.Zip(second, (one, other) => Math.Abs((double)one - other)).Average() / first.Max(Math.Abs);
    }

    private static float[] Numbers(NetworkTensor tensor) => tensor.Type == 10
        ? [.. System.Runtime.InteropServices.MemoryMarshal.Cast<byte, Half>(tensor.Data).ToArray().Select(number => (float)number)]
        : tensor.Floats.ToArray();
}
