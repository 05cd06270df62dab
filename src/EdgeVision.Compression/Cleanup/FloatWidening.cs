using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;
using DataType = EdgeVision.Onnx.Schema.TensorProto.Types.DataType;

namespace EdgeVision.Compression;

/// <summary>A network in 16-bit floats computes in 32 from here on, so that there is one kind of weights. What it reads and gives keeps its type, by a Cast at each end.</summary>
internal static class FloatWidening
{
    private const int Half = (int)DataType.Float16, Single = (int)DataType.Float;

    public static void Apply(CleanupRun run)
    {
        foreach (var input in run.Graph.Inputs.Where(IsHalf).ToArray())
        {
            WidenInput(run, input.Name);
        }

        foreach (var output in run.Graph.Outputs.Where(IsHalf).ToArray())
        {
            WidenOutput(run, output.Name);
        }

        foreach (var tensor in run.Graph.Proto.Initializer.Where(tensor => tensor.DataType == Half && !run.Graph.IsOutput(tensor.Name)).ToArray())
        {
            run.Graph.SetInitializer(OnnxTensor.Of(tensor.Name, [.. tensor.Dims], tensor.ReadFloats()));
            run.Record("16-bit constant widened", tensor.Name);
        }

        foreach (var node in run.Graph.Nodes)
        {
            WidenNode(run, node);
        }
    }

    private static void WidenInput(CleanupRun run, string input)
    {
        if (run.Graph.ConsumersOf(input).All(reader => reader.Is("Cast")))
        {
            return;
        }

        var widened = run.Graph.NewName(input + "_float");
        run.Graph.Redirect(input, widened);
        Insert(run, input, widened, Single);
    }

    private static void WidenOutput(CleanupRun run, string output)
    {
        if (run.Graph.ProducerOf(output) is not { } producer || producer.Is("Cast"))
        {
            return;
        }

        var widened = run.Graph.NewName(output + "_float");
        run.Graph.Redirect(output, widened);
        producer.Output[producer.Output.IndexOf(output)] = widened;
        run.Graph.Touch();
        Insert(run, widened, output, Half);
    }

    private static void WidenNode(CleanupRun run, NodeProto node)
    {
        var tensor = node.Is("ConstantOfShape") ? node.Attribute("value") : null;
        if (node.Is("Cast") && node.IntOf("to", 0) == Half && !run.Graph.IsOutput(node.Output[0]))
        {
            node.SetAttribute(OnnxNode.Int("to", Single));
            run.Record("Cast to 16 bits removed", node);
        }
        else if (tensor is { T.DataType: Half })
        {
            tensor.T = OnnxTensor.Of(tensor.T.Name, [.. tensor.T.Dims], tensor.T.ReadFloats());
            run.Record("16-bit constant widened", node);
        }
    }

    private static void Insert(CleanupRun run, string from, string to, int type)
    {
        var cast = OnnxNode.Of("Cast", [from], [to], OnnxNode.Int("to", type));
        cast.Name = run.Graph.NewName(cast.Name);
        run.Graph.Insert(cast);
        run.Record(type == Half ? "output narrowed at the end" : "input widened at the start", cast);
    }

    private static bool IsHalf(ValueInfoProto value) => value.Type?.TensorType?.ElemType == Half;
}
