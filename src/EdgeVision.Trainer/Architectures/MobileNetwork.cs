using EdgeVision.Trainer.Layers;
using static EdgeVision.Trainer.Layers.LayerGraph;

namespace EdgeVision.Trainer.Architectures;

/// <summary>Inverted residuals with depthwise convolutions (MobileNetV2, Sandler et al. 2018, 1801.04381), with fewer halvings for small pictures: a picture below 64 pixels is halved twice, others five times.</summary>
internal static class MobileNetwork
{
    // Expansion, filters, blocks and stride of each stage: the small form of the paper's table 2, cut after 96 filters.
    private static readonly (int Expansion, int Filters, int Blocks, int Stride)[] Stages = [(1, 16, 1, 1), (4, 24, 2, 2), (4, 32, 3, 2), (4, 64, 3, 2), (4, 96, 2, 2)];

    public static LayerGraph Build(ArchitectureOptions options)
    {
        var net = new LayerList();
        var isSmall = Math.Min(options.Input.Height, options.Input.Width) < 64;
        var halvings = isSmall ? 2 : 5;
        var channels = options.Filters(16);
        var x = net.ConvNorm("stem", Input, channels, Window.Same(3, Halve(ref halvings, wanted: !isSmall)), options.Activation);
        foreach (var (stage, index) in Stages.Take(isSmall ? 4 : 5).Select((stage, index) => (stage, index)))
        {
            for (var block = 0; block < stage.Blocks; block++)
            {
                var stride = Halve(ref halvings, wanted: block == 0 && stage.Stride == 2);
                x = Block(net, $"stage{index + 1}.block{block + 1}", x, channels, options.Filters(stage.Filters), stage.Expansion, stride, options.Activation);
                channels = options.Filters(stage.Filters);
            }
        }

        x = net.ConvNorm("head", x, options.Filters(256), new Window(1), options.Activation);
        net.PooledClassifier("classifier", x, options);
        return net.Graph("mobilenet", options.Input);
    }

    private static string Block(LayerList net, string name, string input, int channels, int filters, int expansion, int stride, ActivationKind activation)
    {
        var wide = channels * expansion;
        var x = expansion == 1 ? input : net.ConvNorm($"{name}.expand", input, wide, new Window(1), activation);
        x = net.ConvNorm($"{name}.depthwise", x, wide, Window.Same(3, stride), activation, groups: wide);
        x = net.ConvNorm($"{name}.project", x, filters, new Window(1), activation: null);
        return stride == 1 && channels == filters ? net.Add(new Add($"{name}.add", x, input)) : x;
    }

    private static int Halve(ref int left, bool wanted) => wanted && left-- > 0 ? 2 : 1;
}
