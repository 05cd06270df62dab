using EdgeVision.Onnx;

namespace EdgeVision.Trainer.Layers;

/// <summary>A network as an ONNX file of opset 17: the layers' own operators, initializers named as the parameters, nothing folded (compression folds).</summary>
internal static class OnnxExport
{
    private const int Opset = 17;

    /// <param name="batch">Pictures at a time; 1 is what devices run.</param>
    public static byte[] Write(Network network, int batch = 1)
    {
        var graph = network.Graph;
        var model = OnnxModel.New(graph.Name, Opset);
        model.Graph.AddInput(LayerGraph.Input, graph.InputShape.WithBatch(batch));
        var onnx = new OnnxEmission(model.Graph);
        foreach (var layer in graph.AnswerLayers)
        {
            var weights = graph.Parameters.Where(parameter => parameter.Layer == layer).ToArray();
            layer.Emit(onnx, [.. weights.Select(weight => onnx.Constant(weight.Name, weight.Spec.Shape, network.Read(weight.Name)))]);
        }

        model.Graph.AddOutput(graph.Output, graph.ShapeOf(graph.Output).WithBatch(batch));
        if (graph.Map is { } map)
        {
            model.Graph.AddOutput(map, graph.ShapeOf(map).WithBatch(batch));
        }

        return model.Save();
    }
}
