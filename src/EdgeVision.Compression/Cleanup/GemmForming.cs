using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>A MatMul of two dimensions and the constant that is added to it are a Gemm, which quantisation and pruning know as a layer with a bias.</summary>
internal static class GemmForming
{
    public static void Apply(CleanupRun run)
    {
        foreach (var product in run.Graph.TopologicalOrder().Where(node => node.Is("MatMul")))
        {
            if (run.Graph.FloatsOf(product, 1) is { Dims.Count: 2 } weights && run.Shapes.Of(product.Input[0])?.Rank == 2
                && run.Graph.OnlyReader(product.Output[0]) is { } sum && sum.Is("Add") && BiasOf(run.Graph, sum, product, weights.Dims[1]) is { } bias)
            {
                product.OpType = "Gemm";
                product.Input.Add(bias);
                product.Output[0] = sum.Output[0];
                run.Graph.Remove(sum);
                run.Record("MatMul and Add are a Gemm", product);
            }
        }
    }

    private static string? BiasOf(OnnxGraph graph, NodeProto sum, NodeProto product, long channels)
    {
        var constant = sum.Input[0] == product.Output[0] ? 1 : 0;
        return graph.FloatsOf(sum, constant) is { Dims.Count: <= 2 } bias && bias.Dims.SkipLast(1).All(length => length == 1) && (bias.Count() == 1 || bias.Count() == channels) ? bias.Name : null;
    }
}
