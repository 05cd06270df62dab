using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Planted;

/// <summary>Least and greatest number of values within a network over some pictures: what a quantiser is calibrated with.</summary>
public static class ActivationRanges
{
    /// <param name="values">Names within the graph; the input may be one of them.</param>
    public static Dictionary<string, (float Least, float Greatest)> Measure(byte[] network, string input, IReadOnlyCollection<string> values, IEnumerable<float[]> tensors)
    {
        var ranges = values.ToDictionary(value => value, _ => (Least: 0f, Greatest: 0f), StringComparer.Ordinal);
        using var runner = new NetworkRunner(Expose(network, values.Where(value => value != input)));
        foreach (var tensor in tensors)
        {
            var results = runner.Run(tensor);
            results[input] = tensor;
            foreach (var value in values)
            {
                var (least, greatest) = ranges[value];
                ranges[value] = (MathF.Min(least, results[value].Min()), MathF.Max(greatest, results[value].Max()));
            }
        }

        return ranges;
    }

    /// <summary>The network with values from within as further outputs.</summary>
    public static byte[] Expose(byte[] network, IEnumerable<string> values)
    {
        var model = OnnxModel.Load(network, "exposed");
        var type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float } };
        model.Graph.Proto.Output.AddRange(values.Where(value => !model.Graph.IsOutput(value)).Select(value => new ValueInfoProto { Name = value, Type = type }));
        return model.Save();
    }
}
