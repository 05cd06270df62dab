using EdgeVision.Trainer.Architectures;
using EdgeVision.Trainer.Layers;

namespace EdgeVision.Trainer.Tests.Architectures;

public class ArchitectureCatalogTests
{
    private static readonly ArchitectureOptions Digits = new() { Classes = 10, Input = LayerShape.Map(1, 28, 28) };

    [Fact]
    public void Build_Founding_HasTheParametersOfItsPublication() => Assert.Equal(93_322, ArchitectureCatalog.Build("founding", Digits).ParameterCount);

    [Fact]
    public void Build_ResNet8_HasTheParametersCountedByHand() =>
        // stem 432 + 32; stage 1 two of 2,304 + 32; stage 2 4,608 + 9,216 + 512 + 3 * 64; stage 3 18,432 + 36,864 + 2,048 + 3 * 128; dense 650
        Assert.Equal(464 + 4_672 + 14_528 + 57_728 + 650, ArchitectureCatalog.Build("resnet8", Digits with { Input = LayerShape.Map(3, 32, 32) }).ParameterCount);

    [Fact]
    public void Build_SqueezeNetOfImageNet_HasTheParametersOfItsPublication() =>
        Assert.Equal(1_235_496, ArchitectureCatalog.Build("squeezenet", new ArchitectureOptions { Classes = 1_000, Input = LayerShape.Map(3, 224, 224) }).ParameterCount);

    [Theory]
    [InlineData(416, 256)]
    [InlineData(320, 320)]
    public void Build_Detector_IsSmallEnoughToTrainOnTwoCores(int width, int height)
    {
        var graph = ArchitectureCatalog.Build("detector", new ArchitectureOptions { Classes = 4, Input = LayerShape.Map(3, height, width) });

        Assert.Equal(LayerShape.Table(width * height / 64 + width * height / 256 + width * height / 1024, 9), graph.ShapeOf(graph.Output));
        Assert.InRange(graph.ParameterCount, 500_000, 1_200_000);
        Assert.InRange(graph.Macs, 200_000_000, 500_000_000);
    }

    [Fact]
    public void Build_InputThatCannotBeHalvedOften_NamesTheNextThatCan() => Assert.Contains(
        "--size 512x384", Assert.Throws<TrainerException>(() => ArchitectureCatalog.Build("detector", Digits with { Input = LayerShape.Map(3, 375, 500) })).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("resnet99", 10, 1.0, "There is no network 'resnet99'")]
    [InlineData("founding", 10, 9.0, "not from 0.1 to 4")]
    public void Build_BadWish_SaysWhatToDo(string name, int classes, double width, string message) => Assert.Contains(
        message, Assert.Throws<TrainerException>(() => ArchitectureCatalog.Build(name, Digits with { Classes = classes, Width = width })).Message, StringComparison.Ordinal);
}
