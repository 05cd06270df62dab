using System.Runtime.InteropServices;
using EdgeVision.Onnx;
using Google.Protobuf;

namespace EdgeVision.Planted;

/// <summary>Networks that are valid, as fast as before, and wrong.</summary>
public static class AnswerDefects
{
    /// <summary>Two classes change places in the weights that decide about them: a label list that was sorted anew, say.</summary>
    /// <param name="tensors">Weights and biases, each with the dimension that is the class.</param>
    public static void SwapClasses(OnnxModel model, int first, int second, params ReadOnlySpan<(string Name, int Axis)> tensors)
    {
        foreach (var (name, axis) in tensors)
        {
            var dims = model.Graph.Initializer(name)!.Dims;
            var inner = (int)dims.Skip(axis + 1).Aggregate(1L, (product, dim) => product * dim);
            Change(model, name, values =>
            {
                for (var block = 0; block < values.Length; block += inner * (int)dims[axis])
                {
                    Swap(values.AsSpan(block + (first * inner), inner), values.AsSpan(block + (second * inner), inner));
                }
            });
        }
    }

    /// <summary>Noise on every weight, in parts of the weights' own spread: a training that went wrong, or a bad quantisation.</summary>
    public static void AddNoise(OnnxModel model, double strength, int seed)
    {
        var random = new Random(seed);
        var weights = model.Graph.Nodes.Where(node => node.OpType is "Conv" or "Gemm").Select(node => node.Input[1]).Distinct();
        foreach (var name in weights.Where(name => model.Graph.Initializer(name) is not null).ToArray())
        {
            Change(model, name, values =>
            {
                var spread = Math.Sqrt(values.Average(value => (double)value * value));
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] += (float)(strength * spread * Gaussian(random));
                }
            });
        }
    }

    /// <summary>Adds a number to some channels of a bias. A YOLOX head says ln(size), so ln 1.3 makes each box 1.3 times as wide or high.</summary>
    public static void ShiftBias(OnnxModel model, string bias, float shift, params ReadOnlySpan<int> channels)
    {
        var shifted = channels.ToArray();
        Change(model, bias, values => Array.ForEach(shifted, channel => values[channel] += shift));
    }

    /// <summary>One answer whatever the picture: the output times 0, plus a constant.</summary>
    public static void Constant(OnnxModel model, string output, ReadOnlySpan<long> dims, ReadOnlySpan<float> answer)
    {
        var graph = model.Graph;
        var (inner, nothing) = (graph.NewName(output + "_inner"), graph.NewName("nothing"));
        RenameProduced(graph, output, inner);
        graph.SetInitializer(OnnxTensor.Of(graph.NewName("zero"), [], [0f]));
        graph.SetInitializer(OnnxTensor.Of("answer", dims, answer));
        graph.Insert(OnnxNode.Of("Mul", [inner, "zero"], [nothing]), OnnxNode.Of("Add", [nothing, "answer"], [output]));
    }

    /// <summary>0/0 where the picture's top left is all black, and nothing otherwise: a normalisation by the brightest pixel.</summary>
    /// <param name="side">Pixels of the input, from the top left, that are looked at.</param>
    public static void NotANumberOnBlack(OnnxModel model, string input, string output, long side)
    {
        var graph = model.Graph;
        var inner = graph.NewName(output + "_inner");
        RenameProduced(graph, output, inner);
        graph.SetInitializer(OnnxTensor.Of("corner_from", [2], [0L, 0L]));
        graph.SetInitializer(OnnxTensor.Of("corner_to", [2], [side, side]));
        graph.SetInitializer(OnnxTensor.Of("corner_axes", [2], [2L, 3L]));
        graph.Insert(
            OnnxNode.Of("Slice", [input, "corner_from", "corner_to", "corner_axes"], ["corner"]),
            OnnxNode.Of("ReduceMax", ["corner"], ["brightest"], OnnxNode.Int("keepdims", 0)),
            OnnxNode.Of("Div", ["brightest", "brightest"], ["normal"]),
            OnnxNode.Of("Mul", [inner, "normal"], [output]));
    }

    /// <summary>Lets the node that gives an output give it under another name, so that nodes can be put between.</summary>
    internal static void RenameProduced(OnnxGraph graph, string output, string inner)
    {
        var node = graph.ProducerOf(output)!;
        node.Output[node.Output.IndexOf(output)] = inner;
        graph.Touch();
    }

    private static void Change(OnnxModel model, string name, Action<float[]> change)
    {
        var tensor = model.Graph.Initializer(name) ?? throw new OnnxException($"No initializer '{name}'.");
        var values = tensor.ReadFloats();
        change(values);
        tensor.FloatData.Clear();
        tensor.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(values));
    }

    private static void Swap(Span<float> first, Span<float> second)
    {
        var kept = first.ToArray();
        second.CopyTo(first);
        kept.CopyTo(second);
    }

    private static double Gaussian(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
