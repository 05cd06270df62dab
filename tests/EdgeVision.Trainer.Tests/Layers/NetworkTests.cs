using EdgeVision.Trainer.Layers;
using EdgeVision.Trainer.Torch;
using TorchSharp;
using static EdgeVision.Trainer.Layers.LayerGraph;

namespace EdgeVision.Trainer.Tests.Layers;

public class NetworkTests
{
    private static readonly LayerGraph Graph = new("small", LayerShape.Map(1, 4, 4), [new Conv("conv", Input, 3, new Window(3)), new BatchNorm("norm", "conv"), new Flatten("flat", "norm"), new Linear("dense", "flat", 2)]);

    public NetworkTests() => TorchRuntime.Start(threads: 1);

    [Fact]
    public void Network_SameSeed_SameWeights_OtherSeed_Others()
    {
        using var first = new Network(Graph, 1);
        using var again = new Network(Graph, 1);
        using var other = new Network(Graph, 2);

        Assert.Equal(first.Read("conv.weight"), again.Read("conv.weight"));
        Assert.False(first.Read("conv.weight").SequenceEqual(other.Read("conv.weight")));
        Assert.Equal([1, 1, 1], first.Read("norm.running_var"));
    }

    [Fact]
    public void Backward_Loss_GradientsLieInTheOneTensorOfAll()
    {
        using var network = new Network(Graph, 1);
        using var scope = torch.NewDisposeScope();

        network.Forward(torch.ones(2, 1, 4, 4), training: true).sum().backward();

        // d(sum)/d(bias of dense) = the two samples, for each of two features, behind the 32 + 16 + 16 + 16 + 32 places of what stands before.
        Assert.Equal([2, 2], network.Gradients.data<float>().ToArray()[112..114]);
        Assert.Equal(27 + 24, network.Decays.sum().item<float>()); // the weights of conv and dense
    }

    [Fact]
    public void Write_WeightsOfAnotherNetwork_AreRefused()
    {
        using var network = new Network(Graph, 1);

        Assert.Contains("of another network", Assert.Throws<TrainerException>(() => network.Write("dense.bias", [1, 2, 3])).Message, StringComparison.Ordinal);
    }
}
