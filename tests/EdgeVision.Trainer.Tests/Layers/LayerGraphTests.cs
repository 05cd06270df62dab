using EdgeVision.Trainer.Layers;
using static EdgeVision.Trainer.Layers.LayerGraph;

namespace EdgeVision.Trainer.Tests.Layers;

public class LayerGraphTests
{
    private static readonly LayerShape Digit = LayerShape.Map(1, 28, 28);

    [Fact]
    public void Graph_OneConvolution_HasTheShapeAndCostsOfTheBook()
    {
        var graph = new LayerGraph("one", Digit, [new Conv("conv1", Input, 32, new Window(3))]);

        Assert.Equal(LayerShape.Map(32, 26, 26), graph.ShapeOf("conv1"));
        Assert.Equal(320, graph.ParameterCount);
        Assert.Equal(194_688, graph.Macs);
        Assert.Equal(["conv1.weight", "conv1.bias"], graph.Parameters.Select(parameter => parameter.Name));
    }

    [Theory]
    [InlineData("a window of 31 does not fit")]
    [InlineData("put Flatten before it")]
    [InlineData("reads 'nowhere', which no layer before it gives")]
    [InlineData("has two layers 'x'")]
    [InlineData("cannot be parted into 3 groups")]
    [InlineData("which differ")]
    public void Graph_LayersThatDoNotFit_SaysWhichAndWhy(string message)
    {
        Layer[] layers = message switch
        {
            "a window of 31 does not fit" => [new Conv("x", Input, 8, new Window(31))],
            "put Flatten before it" => [new Linear("x", Input, 8)],
            "has two layers 'x'" => [new MaxPool("x", Input, new Window(2)), new MaxPool("x", Input, new Window(2))],
            "cannot be parted into 3 groups" => [new Conv("x", Input, 8, new Window(3), groups: 3)],
            "which differ" => [new MaxPool("pool", Input, new Window(2)), new Add("x", Input, "pool")],
            _ => [new MaxPool("x", "nowhere", new Window(2))],
        };

        Assert.Contains(message, Assert.Throws<TrainerException>(() => new LayerGraph("bad", Digit, layers)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnswerLayers_LogitsThatTheAnswerDoesNotRead_AreLeftOut()
    {
        var graph = new LayerGraph("scored", Digit, [new Conv("conv", Input, 2, new Window(1)), new PixelRows("logits", "conv"), new Activation("score", "conv", ActivationKind.Sigmoid), new PixelRows("answer", "score")], "logits");

        Assert.Equal("logits", graph.Logits);
        Assert.Equal(["conv", "score", "answer"], graph.AnswerLayers.Select(layer => layer.Name));
        Assert.Equal("[784, 2]", graph.ShapeOf(graph.Output).ToString());
    }
}
