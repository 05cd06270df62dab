using EdgeVision.Inference;
using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression.Tests.Pruning;

/// <summary>The exact test of a pruner: channels that are zero wherever they are read are taken out, and no output may change.</summary>
internal static class ZeroedChannels
{
    /// <summary>Zeroes what gives and accompanies a random part of each group's channels, takes these out, and gives the greatest difference of any output, against the outputs' greatest magnitude or 1.</summary>
    /// <param name="model">Changed.</param>
    /// <param name="readersToo">Zeroes also the weights that read them: for networks that add one number to all channels, so that none is zero.</param>
    public static (double Difference, int Removed) Prune(OnnxModel model, int seed, IReadOnlyDictionary<string, IReadOnlyList<long>>? shapes = null, bool readersToo = false)
    {
        var random = new Random(seed);
        var groups = ChannelGroups.Of(model, shapes);
        var channels = groups.Groups.SelectMany(group => Some(group, random)).ToHashSet();
        foreach (var places in channels.SelectMany(groups.PlacesOf).Where(place => readersToo || place.Role != BindingRole.Reads).GroupBy(place => (place.Tensor, place.Axis)))
        {
            Zero(model.Graph.Initializer(places.Key.Tensor)!, places.Key.Axis, [.. places.Select(place => (long)place.Index)]);
        }

        var before = model.Save();
        groups.Remove(channels);
        return (Difference(before, model.Save(), shapes, seed), channels.Count);
    }

    private static IEnumerable<int> Some(ChannelGroup group, Random random) => group.Channels.OrderBy(_ => random.Next()).Take(random.Next(1, group.Channels.Count));

    private static void Zero(TensorProto tensor, int axis, HashSet<long> places)
    {
        var values = tensor.ReadFloats();
        var within = tensor.Dims.Skip(axis + 1).Aggregate(1L, (product, length) => product * length);
        for (var i = 0L; i < values.Length; i++)
        {
            values[i] = places.Contains(i / within % tensor.Dims[axis]) ? 0 : values[i];
        }

        tensor.FloatData.Clear();
        tensor.RawData = OnnxTensor.Of(tensor.Name, [.. tensor.Dims], values).RawData;
    }

    private static double Difference(byte[] before, byte[] after, IReadOnlyDictionary<string, IReadOnlyList<long>>? shapes, int seed)
    {
        using var first = TensorNetwork.Open(before, "before");
        using var second = TensorNetwork.Open(after, "after");
        var inputs = first.Inputs.ToDictionary(input => input.Name, input => Draw(shapes?.GetValueOrDefault(input.Name) ?? [.. input.Shape.Select(length => (long)Math.Max(length, 1))], seed));
        var (expected, actual) = (first.Run(inputs), second.Run(inputs));
        return expected.Max(output => Difference(output.Value, actual[output.Key]));
    }

    private static double Difference(NetworkTensor expected, NetworkTensor actual)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        var first = expected.Floats;
        var second = actual.Floats;
        var (most, magnitude) = (0.0, 1.0);
        for (var i = 0; i < first.Length; i++)
        {
            Assert.True(float.IsFinite(first[i]) && float.IsFinite(second[i]));
            (most, magnitude) = (Math.Max(most, Math.Abs(first[i] - second[i])), Math.Max(magnitude, Math.Abs(first[i])));
        }

        return most / magnitude;
    }

    private static NetworkTensor Draw(IReadOnlyList<long> shape, int seed)
    {
        var random = new Random(seed);
        var values = new float[shape.Aggregate(1L, (product, length) => product * length)];
        foreach (ref var value in values.AsSpan())
        {
            value = (random.NextSingle() * 2) - 1;
        }

        return NetworkTensor.Of([.. shape], values);
    }
}
