using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>Writes a plan into its graph. Weights first, because they are looked up by what their nodes read, and that is another value once activations are written.</summary>
internal sealed class QdqWriter(OnnxGraph graph, QuantizationPlan plan, ParameterTable parameters, QuantizationOptions options)
{
    private readonly WeightWriter _weights = new(graph, options);
    private readonly Dictionary<string, (string Scale, string Zero)> _written = new(StringComparer.Ordinal);

    public void Write()
    {
        foreach (var node in plan.Nodes.All.ToArray())
        {
            if (plan.Nodes.RoleOf(node) == OperatorRole.Weighted)
            {
                _weights.Write(node, parameters.Of(node.Input[0]));
            }
            else if (options.Form != QuantizationForm.TensorRtS8S8)
            {
                WriteConstants(node);
            }
        }

        foreach (var value in plan.Values)
        {
            WriteActivation(value);
        }

        graph.RemoveUnused();
    }

    private void WriteActivation(string value)
    {
        var (scale, zero) = ParametersOf(value);
        var integers = graph.NewName(value + "_8bit");
        var (given, read) = graph.IsOutput(value) ? (KeepOutput(value), value) : (value, graph.NewName(value + "_float"));
        graph.Redirect(given, read);
        graph.Insert(
            new NodeProto { OpType = "QuantizeLinear", Name = integers, Input = { given, scale, zero }, Output = { integers } },
            new NodeProto { OpType = "DequantizeLinear", Name = read, Input = { integers, scale, zero }, Output = { read } });
    }

    private (string Scale, string Zero) ParametersOf(string value)
    {
        var group = parameters.NameOf(value);
        if (!_written.TryGetValue(group, out var names))
        {
            _written[group] = names = WriteParameters(graph.NewName(group + "_8bit"), parameters.Of(value));
        }

        return names;
    }

    // The name of an output of the graph belongs to what lies behind the DequantizeLinear.
    private string KeepOutput(string value)
    {
        var given = graph.NewName(value + "_given");
        var producer = graph.ProducerOf(value)!;
        producer.Output[producer.Output.IndexOf(value)] = given;
        graph.Redirect(value, given);
        return given;
    }

    private void WriteConstants(NodeProto node)
    {
        var changing = plan.Nodes.Operands(node).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < node.Input.Count; i++)
        {
            if (OperatorRoles.Operands(node).Contains(node.Input[i]) && !changing.Contains(node.Input[i]))
            {
                node.Input[i] = WriteConstant(graph.Initializer(node.Input[i])!, node);
            }
        }
    }

    private string WriteConstant(TensorProto constant, NodeProto node)
    {
        var values = constant.ReadFloats();
        var own = ActivationParameters.Of(new ValueRange(values.Min(), values.Max()), options.Form);
        var stem = graph.NewName($"{constant.Name}_{node.Name}_8bit");
        var (scale, zero) = WriteParameters(stem, own);
        graph.SetInitializer(Integers(stem, [.. constant.Dims], [.. values.Select(own.Quantize)], own.Signed));
        graph.Insert(OnnxNode.Of("DequantizeLinear", [stem, scale, zero], [stem + "_float"]));
        return stem + "_float";
    }

    private (string Scale, string Zero) WriteParameters(string stem, ActivationParameters values)
    {
        graph.SetInitializer(OnnxTensor.Of(stem + "_scale", [], [values.Scale]));
        graph.SetInitializer(Integers(stem + "_zero", [], [values.Zero], values.Signed));
        return (stem + "_scale", stem + "_zero");
    }

    private static TensorProto Integers(string name, long[] dims, int[] values, bool signed) => signed
        ? OnnxTensor.Of(name, dims, [.. values.Select(value => (sbyte)value)])
        : OnnxTensor.Of(name, dims, [.. values.Select(value => (byte)value)]);
}
