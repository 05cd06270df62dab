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

    [Theory]
    [InlineData("resnet99", 10, 1.0, "There is no network 'resnet99'")]
    [InlineData("founding", 10, 9.0, "not from 0.1 to 4")]
    public void Build_BadWish_SaysWhatToDo(string name, int classes, double width, string message) => Assert.Contains(
        message, Assert.Throws<TrainerException>(() => ArchitectureCatalog.Build(name, Digits with { Classes = classes, Width = width })).Message, StringComparison.Ordinal);
}
