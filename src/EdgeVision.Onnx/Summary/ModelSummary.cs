namespace EdgeVision.Onnx;

/// <summary>A network in figures: size, operators, and what each node costs.</summary>
/// <remarks>
/// MACs are counted of convolutions, matrix products and recurrent layers (Conv, ConvTranspose, Gemm, MatMul and their integer forms; RNN, GRU, LSTM), as everybody counts them; an open batch is taken as 1.
/// Parameters are the elements of all constants but lengths and indices (int64) and strings. Example: a Conv 3x3 from 16 to 32 channels that gives [1,32,10,10] is
/// 3·3·16·3200 = 460,800 MACs. Nothing is changed; one thread at a time.
/// </remarks>
/// <param name="Macs">Sum over the nodes; null where one of them is not known.</param>
/// <param name="WeightBytes">Bytes of all constants.</param>
/// <param name="Operators">Number of nodes of each operator (<c>domain.Operator</c> outside the standard), the most frequent first.</param>
/// <param name="CustomDomains">Domains of nodes besides the standard one.</param>
public sealed record ModelSummary(
    int Opset, long IrVersion, string Producer, long Parameters, long WeightBytes, long? Macs, QuantFormat Quantization,
    IReadOnlyList<ValueSummary> Inputs, IReadOnlyList<ValueSummary> Outputs, IReadOnlyList<NodeCost> Nodes,
    IReadOnlyList<KeyValuePair<string, int>> Operators, IReadOnlyList<string> CustomDomains)
{
    /// <param name="inputShapes">As for <see cref="ShapeInference.Infer"/>; null takes an open batch as 1 and leaves other lengths open.</param>
    /// <exception cref="OnnxException">Shapes that cannot meet.</exception>
    public static ModelSummary Of(OnnxModel model, IReadOnlyDictionary<string, IReadOnlyList<long>>? inputShapes = null)
    {
        var shapes = ShapeInference.Infer(model, inputShapes);
        var costs = new CostMeter(model, inputShapes is null ? ShapeInference.Infer(model, OneOfEach(model, shapes)) : shapes);
        NodeCost[] nodes = [.. model.Graph.TopologicalOrder().Select(costs.Of)];
        var constants = model.Constants().ToArray();
        return new ModelSummary(
            model.Opset, model.Proto.IrVersion, $"{model.Proto.ProducerName} {model.Proto.ProducerVersion}".Trim(),
            constants.Where(CostMeter.IsParameter).Sum(tensor => tensor.Count()), constants.Sum(tensor => tensor.Count() * (TensorLayout.SizeOf(tensor.TypeOf()) ?? 0)),
            nodes.Aggregate((long?)0, (sum, node) => sum + node.Macs), QuantizationOf(model),
            [.. model.Graph.Inputs.Select(input => new ValueSummary(input.Name, shapes.Of(input.Name)))], [.. model.Graph.Outputs.Select(output => new ValueSummary(output.Name, shapes.Of(output.Name)))],
            nodes, CountOperators(model), [.. model.Graph.Nodes.Select(node => node.Domain).Where(domain => domain is not ("" or "ai.onnx")).Distinct().Order(StringComparer.Ordinal)]);
    }

    private static Dictionary<string, IReadOnlyList<long>> OneOfEach(OnnxModel model, GraphShapes shapes) => model.Graph.Inputs
        .Where(input => shapes.Of(input.Name) is { Rank: > 0 } shape && shape.Lengths[0] < 0)
        .ToDictionary(input => input.Name, input => (IReadOnlyList<long>)shapes.Of(input.Name)!.With(0, 1));

    private static KeyValuePair<string, int>[] CountOperators(OnnxModel model) =>
        [.. model.Graph.Nodes.CountBy(node => node.Domain is "" or "ai.onnx" ? node.OpType : $"{node.Domain}.{node.OpType}").OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)];

    private static QuantFormat QuantizationOf(OnnxModel model)
    {
        var operators = model.Graph.Nodes.Select(node => node.OpType).ToHashSet(StringComparer.Ordinal);
        return operators.Any(name => name.StartsWith("QLinear", StringComparison.Ordinal)) ? QuantFormat.QOperator
            : operators.Overlaps(["DynamicQuantizeLinear", "ConvInteger", "MatMulInteger"]) ? QuantFormat.Dynamic
            : operators.Contains("QuantizeLinear") ? QuantFormat.Qdq
            : operators.Contains("DequantizeLinear") ? QuantFormat.WeightOnly
            : QuantFormat.None;
    }
}
