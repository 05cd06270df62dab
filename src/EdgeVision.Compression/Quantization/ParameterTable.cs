using EdgeVision.Onnx;

namespace EdgeVision.Compression;

/// <summary>The scale and zero point of every value of a plan.</summary>
internal sealed class ParameterTable
{
    private readonly ParameterGroups _groups = new();
    private readonly QuantizationForm _form;
    private readonly bool _sharesAtConcat;

    public ParameterTable(OnnxGraph graph, QuantizationPlan plan, CalibrationData calibration, QuantizationOptions options)
    {
        (_form, _sharesAtConcat) = (options.Form, options.SharesAtConcat && options.Form == QuantizationForm.CpuU8S8);
        var bounds = plan.Nodes.All.Select(plan.Nodes.FusedBehind).DistinctBy(fused => fused.Value).ToDictionary(fused => fused.Value, fused => new ValueRange(fused.Least, fused.Greatest), StringComparer.Ordinal);
        var measured = plan.Measured.ToHashSet(StringComparer.Ordinal);
        foreach (var value in plan.Values)
        {
            var bound = bounds.GetValueOrDefault(value, new ValueRange(float.NegativeInfinity, float.PositiveInfinity));
            var range = !measured.Contains(value) ? default : RangeOf(graph, value, calibration.RangeOf(Calibrated(graph, value, calibration), options.Range, _form == QuantizationForm.TensorRtS8S8, UsefulRange.IsBeforeSwish(graph, value)));
            _groups.Add(value, new ValueRange(MathF.Max(range.Least, bound.Least), MathF.Min(range.Greatest, bound.Greatest)), bound, Matters(graph, value));
        }

        Share(plan);
    }

    public ActivationParameters Of(string value) => ActivationParameters.Of(_groups.RangeOf(value), _form);

    /// <summary>Values that share a scale share this name too.</summary>
    public string NameOf(string value) => _groups.Find(value);

    private ValueRange RangeOf(OnnxGraph graph, string value, ValueRange seen) => _form == QuantizationForm.CpuU8S8 ? UsefulRange.Of(graph, value, seen) : seen;

    // A value that was passed on to a layer in floats has the range of what was passed on; nobody asked for it while that layer was in integers.
    private static string Calibrated(OnnxGraph graph, string value, CalibrationData calibration) =>
        !calibration.Values.Contains(value) && graph.ProducerOf(value) is { } producer && OperatorRoles.Of(graph, producer) == OperatorRole.Passing
            ? Calibrated(graph, producer.Input[0], calibration)
            : value;

    // What is read by nothing but a Concat has no use for finer steps than the Concat's.
    private static bool Matters(OnnxGraph graph, string value) => graph.IsOutput(value) || graph.ConsumersOf(value).Any(reader => reader.OpType != "Concat");

    private void Share(QuantizationPlan plan)
    {
        var quantized = plan.Values.ToHashSet(StringComparer.Ordinal);
        foreach (var node in plan.Nodes.All)
        {
            var pairs = plan.Nodes.Operands(node).SelectMany(_ => plan.Nodes.Results(node), (operand, result) => (operand, result)).Where(pair => quantized.Contains(pair.operand) && quantized.Contains(pair.result));
            foreach (var (operand, result) in pairs)
            {
                Share(plan.Nodes.RoleOf(node), operand, result);
            }
        }
    }

    private void Share(OperatorRole role, string operand, string result)
    {
        if (role == OperatorRole.Passing)
        {
            _groups.Share(operand, result);
        }
        else if (role == OperatorRole.Joining && _sharesAtConcat)
        {
            _groups.ShareIfClose(result, operand);
        }
    }
}
