using EdgeVision.Inference;
using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression.Tests.Pruning;

/// <summary>The exact test of a pruner: channels that are zero wherever they are read are taken out, and no output may change.</summary>
internal static class ZeroedChannels
{
    /// <summary>Zeroes what gives and accompanies a random part of each group's channels (never what reads them), takes these out, and gives the greatest difference of any output, against the outputs' greatest magnitude or 1.</summary>
    /// <param name="model">Changed.</param>
    public static (double Difference, int Removed) Prune(OnnxModel model, int seed, IReadOnlyDictionary<string, IReadOnlyList<long>>? shapes = null)
    {
        var random = new Random(seed);
        var groups = ChannelGroups.Of(model, shapes);
        var channels = groups.Groups.SelectMany(group => Some(group, random)).ToHashSet();
        foreach (var places in channels.SelectMany(groups.PlacesOf).Where(place => place.Role != BindingRole.Reads).GroupBy(place => place.Tensor))
        {
            Zero(model.Graph, places);
        }

        var before = model.Save();
        groups.Remove(channels);
        return (Difference(before, model.Save(), shapes, seed), channels.Count);
    }

    private static IEnumerable<int> Some(ChannelGroup group, Random random) => group.Channels.OrderBy(_ => random.Next()).Take(random.Next(1, group.Channels.Count));

    private static void Zero(OnnxGraph graph, IEnumerable<ChannelPlace> places)
    {
        var tensor = graph.Initializer(places.First().Tensor)!;
        var values = tensor.ReadFloats();
        foreach (var place in places)
        {
            var within = tensor.Dims.Skip(place.Axis + 1).Aggregate(1L, (product, length) => product * length);
            for (var i = 0L; i < values.Length; i++)
            {
                values[i] = i / within % tensor.Dims[place.Axis] == place.Index ? 0 : values[i];
            }
        }

        var zeroed = OnnxTensor.Of(tensor.Name, [.. tensor.Dims], values);
        tensor.MergeFrom(new TensorProto { RawData = zeroed.RawData, DataType = zeroed.DataType });
        tensor.FloatData.Clear();
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
