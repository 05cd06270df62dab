using EdgeVision.Inference;
using EdgeVision.Trainer.Layers;
using EdgeVision.Trainer.Torch;
using TorchSharp;

namespace EdgeVision.Trainer.Tests.Layers;

/// <summary>One network in libtorch and in ONNX Runtime on the same noise.</summary>
internal static class ExportCheck
{
    /// <summary>Statistics as after some training, so that a normalisation is none by chance.</summary>
    public static Network Trained(LayerGraph graph, int seed)
    {
        TorchRuntime.Start(threads: 1);
        var network = new Network(graph, seed);
        var random = new Random(seed);
        foreach (var parameter in graph.Parameters.Where(parameter => parameter.Spec.Deviation == 0))
        {
            network.Write(parameter.Name, [.. Enumerable.Range(0, (int)parameter.Spec.Count).Select(_ => 0.5f + random.NextSingle())]);
        }

        return network;
    }

    /// <summary>Largest difference of an answer, on noise from -reach to reach.</summary>
    public static float Difference(Network network, int optimizationLevel, float reach, int batch)
    {
        var shape = network.Graph.InputShape.WithBatch(batch);
        var random = new Random(1);
        float[] input = [.. Enumerable.Range(0, (int)shape.Aggregate((a, b) => a * b)).Select(_ => random.NextSingle() * 2 * reach - reach)];
        using var onnx = TensorNetwork.Open(OnnxExport.Write(network, batch), "exported", new TensorNetworkOptions { OptimizationLevel = optimizationLevel });
        var answer = onnx.Run(new Dictionary<string, NetworkTensor> { [LayerGraph.Input] = NetworkTensor.Of(shape, input) })[network.Graph.Output];

        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var expected = network.Forward(torch.tensor(input, shape), training: false).data<float>().ToArray();
        Assert.Equal(network.Graph.ShapeOf(network.Graph.Output).WithBatch(batch), answer.Shape);
        return expected.Zip(answer.Floats.ToArray(), (left, right) => MathF.Abs(left - right)).Max();
    }
}
