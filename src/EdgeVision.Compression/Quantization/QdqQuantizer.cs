using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>A float network in 8 bits: QuantizeLinear and DequantizeLinear around what has integer kernels, so placed that the runtime joins them into those kernels.</summary>
/// <remarks>
/// In: a network after <see cref="GraphCleanup"/>, and the ranges of <see cref="ValuesToCalibrate"/>. Out: another network with the same inputs and outputs, in floats at both ends.
/// Activations have one scale and zero point a value, zero is exact; weights are int8, symmetric, [-127, 127]; biases int32 in steps of input scale x weight scale, which alone ONNX Runtime joins.
/// Relu and Clip lie before the QuantizeLinear, whose range makes them superfluous. What only passes numbers on keeps their scale.
/// Example: an input from -1 to 4.1 has scale 5.1 / 255 = 0.02 and zero point 50; with a weight scale of 0.01 a bias of 0.5 is 2500 steps of 0.0002.
/// Any thread.
/// </remarks>
public static class QdqQuantizer
{
    // The first with scales per channel.
    private const int LeastOpset = 13;

    /// <summary>The values whose ranges <see cref="Quantize"/> will ask for, in the graph's order.</summary>
    /// <exception cref="CompressionException">As <see cref="Quantize"/>.</exception>
    public static IReadOnlyList<string> ValuesToCalibrate(OnnxModel cleaned, QuantizationOptions options) =>
        [.. PlanOf(Prepared(cleaned, options), options).Measured];

    /// <summary>What <see cref="Quantize"/> will write in 8 bits, whatever the ranges are.</summary>
    /// <exception cref="CompressionException">As <see cref="Quantize"/>.</exception>
    public static QuantizationPlacement PlacementOf(OnnxModel cleaned, QuantizationOptions options)
    {
        var model = Prepared(cleaned, options);
        var (plan, stored) = PlansOf(model, options);
        var joined = plan.Joined();
        return new QuantizationPlacement(
            [.. plan.Measured.Where(value => !joined.ContainsKey(value))],
            joined,
            plan.Nodes.All.Where(node => plan.Nodes.RoleOf(node) == OperatorRole.Weighted).Select(node => node.Name).ToHashSet(StringComparer.Ordinal),
            stored.Where(node => WeightWriter.MayStore(model.Graph, node)).Select(node => node.Name).ToHashSet(StringComparer.Ordinal));
    }

    /// <param name="cleaned">Left as it is.</param>
    /// <exception cref="CompressionException">It is quantized already, holds nothing that 8 bits make faster, is written in operators before version 13, or a value's range is missing.</exception>
    public static QuantizedNetwork Quantize(OnnxModel cleaned, CalibrationData calibration, QuantizationOptions options)
    {
        var model = Prepared(cleaned, options);
        var (plan, stored) = PlansOf(model, options);
        var promise = plan.Promise();
        new QdqWriter(model.Graph, plan, new ParameterTable(model.Graph, plan, calibration, options), options).Write(stored);
        if (options.Form == QuantizationForm.CpuU8S8)
        {
            // Last, because its inner values are none that ranges were asked for.
            promise = promise with { Borders = promise.Borders + SlopesInParts.Apply(model.Graph) };
        }

        return new QuantizedNetwork(model.Save(), promise);
    }

    private static OnnxModel Prepared(OnnxModel cleaned, QuantizationOptions options)
    {
        var model = cleaned.Copy();
        if (options.Form == QuantizationForm.CpuU8S8)
        {
            PoolingOverChannels.Apply(model.Graph);
            SumAfterProduct.Apply(model);
        }

        return model;
    }

    // What is in integers, and what was asked for but stays in floats because it does not pay.
    private static (QuantizationPlan Plan, IReadOnlyList<NodeProto> Stored) PlansOf(OnnxModel model, QuantizationOptions options)
    {
        var asked = PlanOf(model, options);
        var plan = Paying(model, asked, options);
        return (plan, [.. asked.Nodes.All.Where(node => !plan.Nodes.Contains(node))]);
    }

    // What is left when a few layers were asked for alone may not pay at all: then it is written as asked.
    private static QuantizationPlan Paying(OnnxModel model, QuantizationPlan plan, QuantizationOptions options)
    {
        if (options.Form != QuantizationForm.CpuU8S8 || new ConversionCost(model.Graph, plan, ShapeInference.Infer(model)).Unpaid() is not { Count: > 0 } unpaid)
        {
            return plan;
        }

        var paying = new QuantizationPlan(model.Graph, options with { FloatNodes = unpaid.Concat(options.FloatNodes).ToHashSet(StringComparer.Ordinal) });
        return HasWeights(paying) ? paying : plan;
    }

    private static QuantizationPlan PlanOf(OnnxModel model, QuantizationOptions options)
    {
        GraphCleanup.RequireFloat(model);
        if (model.Opset < LeastOpset)
        {
            throw new CompressionException($"'{model.Proto.Graph.Name}' is written in operators of version {model.Opset}, scales per channel need {LeastOpset}: clean the model first.");
        }

        var plan = new QuantizationPlan(model.Graph, options);
        return HasWeights(plan)
            ? plan
            : throw new CompressionException($"'{model.Proto.Graph.Name}' has no Conv, Gemm or MatMul with constant weights that may be in 8 bits: there is nothing to quantize. Leave it in floats.");
    }

    private static bool HasWeights(QuantizationPlan plan) => plan.Nodes.All.Any(node => plan.Nodes.RoleOf(node) == OperatorRole.Weighted);
}
