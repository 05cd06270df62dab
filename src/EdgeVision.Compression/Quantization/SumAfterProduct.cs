using EdgeVision.Onnx;

namespace EdgeVision.Compression;

/// <summary>Keeps the Add behind a MatMul apart from it, where one number for each column is added to a product of three dimensions or more.</summary>
/// <remarks>
/// Because ONNX Runtime would join the two to a Gemm before it looks for integers, and that one has no integer kernel with sums in floats: it would turn the weights into floats at every run.
/// It joins a bias of one dimension alone (<c>matmul_add_fusion.cc</c>); [1, 1, N] adds the same. Example: the last layer of PP-OCR, 120 x 6625, took 28 % of the time.
/// </remarks>
internal static class SumAfterProduct
{
    private const int LeastRank = 3;

    public static void Apply(OnnxModel model)
    {
        var graph = model.Graph;
        GraphShapes? shapes = null; // only where it is asked for, because a search quantizes the same network many times
        foreach (var add in graph.Nodes.Where(node => node.Is("Add")))
        {
            var index = graph.FloatsOf(add, 1) is not null ? 1 : 0;
            if (graph.FloatsOf(add, index) is { Dims.Count: 1 } bias && graph.ProducerOf(add.Input[1 - index])?.Is("MatMul") == true
                && (shapes ??= ShapeInference.Infer(model)).Of(add.Input[1 - index]) is { Lengths.Count: >= LeastRank } shape)
            {
                graph.SetConstant(add, index, OnnxTensor.Of(bias.Name + "_apart", [.. Enumerable.Repeat(1L, shape.Lengths.Count - 1), bias.Dims[0]], bias.ReadFloats()));
            }
        }
    }
}
