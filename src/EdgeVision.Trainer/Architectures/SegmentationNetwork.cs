using EdgeVision.Trainer.Layers;
using static EdgeVision.Trainer.Layers.LayerGraph;

namespace EdgeVision.Trainer.Architectures;

/// <summary>A small U-Net (Ronneberger et al. 2015, 1505.04597): five levels, each half as large as the one before, then up again beside what was seen on the way down.</summary>
/// <remarks>In: height and width multiples of 16. Out: logits [classes, height, width], as the device's decoder <c>segmentation</c> reads them. Two convolutions a level, one at the largest, because that costs most.</remarks>
internal static class SegmentationNetwork
{
    /// <summary>Of width and height.</summary>
    public const int Multiple = 16;

    private static readonly int[] Levels = [8, 16, 32, 64, 96];

    public static LayerGraph Build(ArchitectureOptions options)
    {
        var net = new LayerList();
        var seen = new Stack<string>();
        var x = net.ConvNorm("down1.first", Input, options.Filters(Levels[0]), Window.Same(3), options.Activation);
        for (var level = 1; level < Levels.Length; level++)
        {
            seen.Push(x);
            x = net.ConvNorm($"down{level + 1}.first", x, options.Filters(Levels[level]), Window.Same(3, 2), options.Activation);
            x = net.ConvNorm($"down{level + 1}.second", x, options.Filters(Levels[level]), Window.Same(3), options.Activation);
        }

        for (var level = Levels.Length - 2; level >= 0; level--)
        {
            x = net.ConvNorm($"up{level + 1}.narrow", x, options.Filters(Levels[level]), new Window(1), options.Activation);
            x = net.Add(new Upsample($"up{level + 1}.grow", x, 2));
            x = net.Add(new Concat($"up{level + 1}.join", x, seen.Pop()));
            x = net.ConvNorm($"up{level + 1}.mix", x, options.Filters(Levels[level]), Window.Same(3), options.Activation);
        }

        net.Add(new Conv("classes", x, options.Classes, new Window(1), feedsRelu: false));
        return net.Graph("segmenter", options.Input);
    }
}
