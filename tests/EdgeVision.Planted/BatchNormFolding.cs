using System.Numerics.Tensors;
using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Planted;

/// <summary>Batch normalisation into the convolution before it: weights times gamma / sqrt(variance + epsilon), and the bias with them.</summary>
public static class BatchNormFolding
{
    public static void Apply(OnnxModel model)
    {
        foreach (var norm in model.Graph.Nodes.Where(node => node.OpType == "BatchNormalization").ToArray())
        {
            if (model.Graph.ProducerOf(norm.Input[0]) is { OpType: "Conv" } convolution && model.Graph.ConsumersOf(norm.Input[0]).Count == 1)
            {
                Fold(model.Graph, convolution, norm);
            }
        }

        model.Graph.RemoveUnused();
    }

    private static void Fold(OnnxGraph graph, NodeProto convolution, NodeProto norm)
    {
        var parameters = norm.Input.Skip(1).Select(name => graph.Initializer(name)!.ReadFloats()).ToArray();
        var (gamma, beta, mean, variance) = (parameters[0], parameters[1], parameters[2], parameters[3]);
        var epsilon = norm.Attribute("epsilon")?.F ?? 1e-5f;
        var weights = graph.Initializer(convolution.Input[1])!;
        var values = weights.ReadFloats();
        var bias = convolution.Input.Count > 2 ? graph.Initializer(convolution.Input[2])!.ReadFloats() : new float[gamma.Length];
        var row = values.Length / gamma.Length;
        for (var channel = 0; channel < gamma.Length; channel++)
        {
            var factor = gamma[channel] / MathF.Sqrt(variance[channel] + epsilon);
            TensorPrimitives.Multiply(values.AsSpan(channel * row, row), factor, values.AsSpan(channel * row, row));
            bias[channel] = ((bias[channel] - mean[channel]) * factor) + beta[channel];
        }

        Replace(graph, convolution, norm, OnnxTensor.Of(weights.Name + "_folded", [.. weights.Dims], values), OnnxTensor.Of(weights.Name + "_bias", [bias.Length], bias));
    }

    private static void Replace(OnnxGraph graph, NodeProto convolution, NodeProto norm, TensorProto weights, TensorProto bias)
    {
        graph.SetInitializer(weights);
        graph.SetInitializer(bias);
        var folded = convolution.Clone();
        folded.Input.Clear();
        folded.Input.AddRange([convolution.Input[0], weights.Name, bias.Name]);
        folded.Output[0] = norm.Output[0];
        graph.Remove(norm);
        graph.Replace(convolution, folded);
    }
}
