using EdgeVision.Trainer.Layers;
using EdgeVision.Trainer.Training;

namespace EdgeVision.Trainer.Tests.Training;

/// <summary>Pictures of 8x8 with a bright row (class 0) or column (class 1) at random places over noise: learnt in seconds.</summary>
internal static class Stripes
{
    public const int Size = 8;

    public static readonly LayerShape Shape = LayerShape.Map(1, Size, Size);

    public static TrainingSet Draw(int count, int seed)
    {
        var random = new Random(seed);
        var pixels = new byte[count * Size * Size];
        random.NextBytes(pixels);
        int[] labels = [.. Enumerable.Range(0, count).Select(i => i % 2)];
        for (var i = 0; i < count; i++)
        {
            var place = random.Next(Size);
            for (var j = 0; j < Size; j++)
            {
                pixels[i * Size * Size + (labels[i] == 0 ? place * Size + j : j * Size + place)] = 255;
            }
        }

        return new TrainingSet(Shape, pixels, labels);
    }

    /// <summary>With all that keeps something from step to step: a normalisation's statistics, and dropout's chance.</summary>
    public static LayerGraph Graph() => new("stripes", Shape,
    [
        new Conv("conv", LayerGraph.Input, 8, Window.Same(3), bias: false), new BatchNorm("norm", "conv"), new Activation("relu", "norm", ActivationKind.Relu), new MaxPool("pool", "relu", new Window(2, Stride: 2)),
        new Flatten("flat", "pool"), new Dropout("drop", "flat", 0.2), new Linear("dense", "drop", 2, feedsRelu: false),
    ]);
}
