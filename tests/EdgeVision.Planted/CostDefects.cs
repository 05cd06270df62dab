using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;
using DataType = EdgeVision.Onnx.Schema.TensorProto.Types.DataType;

namespace EdgeVision.Planted;

/// <summary>Networks that answer as before, bit for bit, and cost time or memory, or never come back.</summary>
public static class CostDefects
{
    /// <summary>Convolutions whose result is multiplied by 0 and added: the runtime cannot know that they change nothing.</summary>
    /// <param name="value">A feature map of so many channels.</param>
    public static void AddConvolutions(OnnxModel model, string value, int channels, int count)
    {
        var graph = model.Graph;
        var weights = new float[channels * channels * 9];
        Array.Fill(weights, 0.01f / channels);
        graph.SetInitializer(OnnxTensor.Of("ballast_weights", [channels, channels, 3, 3], weights));
        var nodes = new List<NodeProto>();
        for (var i = 0; i < count; i++)
        {
            nodes.Add(OnnxNode.Of("Conv", [i == 0 ? value : $"ballast_{i - 1}", "ballast_weights"], [$"ballast_{i}"], OnnxNode.Ints("pads", 1, 1, 1, 1)));
        }

        graph.SetInitializer(OnnxTensor.Of("ballast_zero", [], [0f]));
        graph.Redirect(value, "ballast_sum");
        graph.Insert([.. nodes,
            OnnxNode.Of("Mul", [$"ballast_{count - 1}", "ballast_zero"], ["ballast_nothing"]),
            OnnxNode.Of("Add", [value, "ballast_nothing"], ["ballast_sum"])]);
    }

    /// <summary>Memory that grows with the number of frames: 1 over a uniform random number is on record about n times as large after n frames, and the runtime keeps the largest block it ever needed.</summary>
    /// <param name="output">What the network answers.</param>
    /// <param name="valuesEach">About so many floats more with each frame.</param>
    /// <param name="mostValues">Never more floats than these, so that a test machine survives it.</param>
    public static void GrowWithFrames(OnnxModel model, string output, float valuesEach, float mostValues)
    {
        var graph = model.Graph;
        graph.SetInitializer(OnnxTensor.Of("growth_each", [1], [valuesEach]));
        graph.SetInitializer(OnnxTensor.Of("growth_most", [], [mostValues]));
        graph.Insert(
            OnnxNode.Of("RandomUniform", [], ["growth_random"], OnnxNode.Ints("shape", 1), OnnxNode.Float("low", 1e-6f), OnnxNode.Float("high", 1), OnnxNode.Float("seed", 7)),
            OnnxNode.Of("Div", ["growth_each", "growth_random"], ["growth_wanted"]),
            OnnxNode.Of("Min", ["growth_wanted", "growth_most"], ["growth_size"]));
        AllocateAndForget(graph, output, "growth_size");
    }

    /// <summary>Memory that grows with the picture's brightest value: nearly none for a black picture, the most for a white one.</summary>
    public static void GrowWithBrightness(OnnxModel model, string input, string output, float valuesPerStep)
    {
        var graph = model.Graph;
        graph.SetInitializer(OnnxTensor.Of("per_step", [1], [valuesPerStep]));
        graph.SetInitializer(OnnxTensor.Of("bright_least", [1], [1f]));
        graph.Insert(
            OnnxNode.Of("ReduceMax", [input], ["brightest"], OnnxNode.Int("keepdims", 0)),
            OnnxNode.Of("Mul", ["brightest", "per_step"], ["bright_wanted"]),
            OnnxNode.Of("Max", ["bright_wanted", "bright_least"], ["bright_size"]));
        AllocateAndForget(graph, output, "bright_size");
    }

    /// <summary>One tensor of 2^46 floats at the first frame: more than a process can address, so no machine gives it.</summary>
    public static void AllocateGiant(OnnxModel model, string input, string output)
    {
        var graph = model.Graph;
        graph.SetInitializer(OnnxTensor.Of("giant_least", [1], [MathF.Pow(2, 46)]));
        graph.Insert(
            OnnxNode.Of("ReduceMax", [input], ["giant_brightest"], OnnxNode.Int("keepdims", 0)),
            OnnxNode.Of("Max", ["giant_brightest", "giant_least"], ["giant_size"]));
        AllocateAndForget(graph, output, "giant_size");
    }

    /// <summary>A loop of 2^62 rounds at the first frame.</summary>
    public static void LoopForEver(OnnxModel model, string output)
    {
        var graph = model.Graph;
        var body = new GraphProto { Name = "round" };
        body.Input.AddRange([Value("round_number", DataType.Int64), Value("go_on", DataType.Bool), Value("carried", DataType.Float)]);
        body.Output.AddRange([Value("go_on_again", DataType.Bool), Value("carried_again", DataType.Float)]);
        body.Node.AddRange([OnnxNode.Of("Identity", ["go_on"], ["go_on_again"]), OnnxNode.Of("Sqrt", ["carried"], ["carried_again"])]);
        graph.SetInitializer(OnnxTensor.Of("rounds", [], [1L << 62]));
        graph.SetInitializer(OnnxTensor.Of("yes", [], [true]));
        graph.SetInitializer(OnnxTensor.Of("first", [], [1f]));
        graph.Insert(OnnxNode.Of("Loop", ["rounds", "yes", "first"], ["last"], OnnxNode.SubGraph("body", body)));
        AddNothing(graph, output, "last");
    }

    private static ValueInfoProto Value(string name, DataType type) =>
        new() { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = new TensorShapeProto() } } };

    /// <summary>Fills a tensor of so many floats (a value of shape [1]) and lets the answer depend on it without changing it.</summary>
    private static void AllocateAndForget(OnnxGraph graph, string output, string size)
    {
        graph.Insert(
            OnnxNode.Of("Cast", [size], ["memory_shape"], OnnxNode.Int("to", (int)DataType.Int64)),
            OnnxNode.Of("ConstantOfShape", ["memory_shape"], ["memory"]),
            OnnxNode.Of("ReduceMax", ["memory"], ["memory_largest"], OnnxNode.Int("keepdims", 0)));
        AddNothing(graph, output, "memory_largest");
    }

    // Times 0 and added, because what nobody reads the runtime leaves out.
    private static void AddNothing(OnnxGraph graph, string output, string value)
    {
        var inner = graph.NewName(output + "_inner");
        AnswerDefects.RenameProduced(graph, output, inner);
        graph.SetInitializer(OnnxTensor.Of("nothing_zero", [], [0f]));
        graph.Insert(OnnxNode.Of("Mul", [value, "nothing_zero"], ["nothing"]), OnnxNode.Of("Add", [inner, "nothing"], [output]));
    }
}
