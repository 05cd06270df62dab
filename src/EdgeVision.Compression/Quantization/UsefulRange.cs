using EdgeVision.Onnx;

namespace EdgeVision.Compression;

/// <summary>The part of a value's range that its readers can tell apart; the rest would only make the steps coarser.</summary>
/// <remarks>
/// x · sigmoid(x) is nearly zero below -5 whatever x is, and sigmoid(x) is 0 or 1 beyond 8: numbers beyond may be clipped.
/// Example: [-94, 103] before x · sigmoid(x) becomes [-2.3, 103], where 2.3 / (1 + e^2.3) = 0.21 is half a step of 0.41; steps are then half as wide.
/// </remarks>
internal static class UsefulRange
{
    // sigmoid(8) = 0.9997: a fifteenth of one of its 255 steps is left.
    private const float Saturated = 8;

    private const float Steps = 255;

    public static ValueRange Of(OnnxGraph graph, string value, ValueRange range)
    {
        var readers = graph.IsOutput(value) ? [] : graph.ConsumersOf(value);
        return readers switch
        {
            [{ OpType: "Sigmoid" }] => new ValueRange(MathF.Max(range.Least, -Saturated), MathF.Min(range.Greatest, Saturated)),
            _ when IsBeforeSwish(graph, value) => AboveSwishTail(range),
            _ => range,
        };
    }

    /// <summary>Whether the value is read by x · sigmoid(x) and nothing else.</summary>
    public static bool IsBeforeSwish(OnnxGraph graph, string value) =>
        !graph.IsOutput(value) && graph.ConsumersOf(value) is [{ OpType: "Sigmoid" } gate, { OpType: "Mul" } product] && product.Input.Contains(gate.Output[0]);

    private static ValueRange AboveSwishTail(ValueRange range)
    {
        var tail = 1.5f;
        while (tail < -range.Least && tail / (1 + MathF.Exp(tail)) > (range.Greatest + tail) / Steps / 2)
        {
            tail += 0.1f;
        }

        return new ValueRange(MathF.Max(range.Least, -tail), range.Greatest);
    }
}
