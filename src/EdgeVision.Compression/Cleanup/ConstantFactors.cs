using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>Division by constants becomes multiplication, which has an integer kernel and is faster in floats too; two factors of one number each in a row become one.</summary>
internal static class ConstantFactors
{
    public static void Apply(CleanupRun run)
    {
        foreach (var node in run.Graph.TopologicalOrder().Where(node => node.Is("Div", "Mul") && node.Input.Count == 2))
        {
            if (node.Is("Div"))
            {
                Invert(run, node);
            }
            else
            {
                Merge(run, node);
            }
        }
    }

    private static void Invert(CleanupRun run, NodeProto node)
    {
        if (run.Graph.FloatsOf(node, 1) is { } divisor && divisor.ReadFloats() is var values && values.All(value => float.IsNormal(value) && float.IsNormal(1 / value)))
        {
            run.Graph.SetConstant(node, 1, OnnxTensor.Of(divisor.Name + "_inverse", [.. divisor.Dims], [.. values.Select(value => 1 / value)]));
            node.OpType = "Mul";
            run.Record("Div by constants made a Mul", node);
        }
    }

    private static void Merge(CleanupRun run, NodeProto node)
    {
        if (FactorOf(run.Graph, node) is { } index && run.Graph.OnlyReader(node.Output[0]) is { } next && next.Is("Mul") && FactorOf(run.Graph, next) is { } other)
        {
            var (first, second) = (run.Graph.FloatsOf(node, index)!, run.Graph.FloatsOf(next, other)!);
            run.Graph.SetConstant(next, other, OnnxTensor.Of(second.Name + "_merged", [.. first.Dims.Count > second.Dims.Count ? first.Dims : second.Dims], [first.ReadFloats()[0] * second.ReadFloats()[0]]));
            run.Bypass(node, node.Input[1 - index], "two factors in a row made one");
        }
    }

    // Which of the two inputs is one constant number.
    private static int? FactorOf(OnnxGraph graph, NodeProto node) =>
        node.Input.Count != 2 ? null : graph.FloatsOf(node, 1) is { } right && right.Count() == 1 ? 1 : graph.FloatsOf(node, 0) is { } left && left.Count() == 1 ? 0 : null;
}
