using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>Writes a plan into its graph. Weights first, because they are looked up by what their nodes read, and that is another value once activations are written.</summary>
internal sealed class QdqWriter(OnnxGraph graph, QuantizationPlan plan, ParameterTable parameters, QuantizationOptions options)
{
    private readonly QuantizedNames _names = new(graph);
    private readonly Dictionary<string, (string Scale, string Zero)> _written = new(StringComparer.Ordinal);

    /// <param name="stored">Nodes that compute in floats, and whose weights may be stored in 8 bits nevertheless.</param>
    public void Write(IEnumerable<NodeProto> stored)
    {
        var weights = new WeightWriter(graph, _names, options);
        foreach (var conv in stored.Where(node => WeightWriter.MayStore(graph, node)))
        {
            weights.Store(conv);
        }

        foreach (var node in plan.Nodes.All.ToArray())
        {
            if (plan.Nodes.RoleOf(node) == OperatorRole.Weighted)
            {
                weights.Write(node, parameters.Of(node.Input[0]));
            }
            else if (options.Form != QuantizationForm.TensorRtS8S8)
            {
                WriteConstants(node);
            }
        }

        if (options.Form == QuantizationForm.CpuU8S8)
        {
            KeepIslands();
        }

        foreach (var value in plan.Values)
        {
            WriteActivation(value);
        }

        graph.RemoveUnused();
    }

    // Because ONNX Runtime quantizes the weights of a convolution itself that it finds between DequantizeLinear and QuantizeLinear. A LeakyRelu with slope 1 changes nothing, stands between, and is computed within the convolution.
    private void KeepIslands()
    {
        var quantized = plan.Values.ToHashSet(StringComparer.Ordinal);
        foreach (var node in graph.Nodes.Where(node => !plan.Nodes.Contains(node) && OperatorRoles.Of(graph, node) == OperatorRole.Weighted && quantized.Contains(plan.Nodes.FusedBehind(node).Value)).ToArray())
        {
            var value = node.Output[0];
            node.Output[0] = _names.Next();
            graph.Insert(OnnxNode.Of("LeakyRelu", [node.Output[0]], [value], OnnxNode.Float("alpha", 1)));
        }
    }

    private void WriteActivation(string value)
    {
        var (scale, zero) = ParametersOf(value);
        var integers = _names.Next();
        var (given, read) = graph.IsOutput(value) ? (KeepOutput(value), value) : (value, integers + "f");
        graph.Redirect(given, read);
        graph.Insert(
            new NodeProto { OpType = "QuantizeLinear", Input = { given, scale, zero }, Output = { integers } },
            new NodeProto { OpType = "DequantizeLinear", Input = { integers, scale, zero }, Output = { read } });
    }

    private (string Scale, string Zero) ParametersOf(string value)
    {
        var group = parameters.NameOf(value);
        if (!_written.TryGetValue(group, out var names))
        {
            _written[group] = names = WriteParameters(_names.Next(), parameters.Of(value));
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
                node.Input[i] = WriteConstant(graph.Initializer(node.Input[i])!);
            }
        }
    }

    private string WriteConstant(TensorProto constant)
    {
        var values = constant.ReadFloats();
        var own = ActivationParameters.Of(new ValueRange(values.Min(), values.Max()), options.Form);
        var stem = _names.Next();
        var (scale, zero) = WriteParameters(stem, own);
        graph.SetInitializer(Integers(stem, [.. constant.Dims], [.. values.Select(own.Quantize)], own.Signed));
        graph.Insert(OnnxNode.Of("DequantizeLinear", [stem, scale, zero], [stem + "f"]));
        return stem + "f";
    }

    private (string Scale, string Zero) WriteParameters(string stem, ActivationParameters values)
    {
        graph.SetInitializer(OnnxTensor.Of(stem + "s", [], [values.Scale]));
        graph.SetInitializer(Integers(stem + "z", [], [values.Zero], values.Signed));
        return (stem + "s", stem + "z");
    }

    private static TensorProto Integers(string name, long[] dims, int[] values, bool signed) => signed
        ? OnnxTensor.Of(name, dims, [.. values.Select(value => (sbyte)value)])
        : OnnxTensor.Of(name, dims, [.. values.Select(value => (byte)value)]);
}
