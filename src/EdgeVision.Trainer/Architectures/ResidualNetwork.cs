using EdgeVision.Trainer.Layers;
using static EdgeVision.Trainer.Layers.LayerGraph;

namespace EdgeVision.Trainer.Architectures;

/// <summary>Residual networks for small pictures (He et al. 2016, 1512.03385): a 3x3 stem, stages of which each but the first halves the picture, the mean, one dense layer.</summary>
/// <remarks>Two convolutions a block and a stem and a dense layer: [16, 32, 64] with one block each is resnet8 (as in MLPerf Tiny), [64, 128, 256, 512] with two is resnet18.</remarks>
internal static class ResidualNetwork
{
    public static LayerGraph Build(string name, ArchitectureOptions options, int[] stages, int blocks)
    {
        var net = new LayerList();
        var channels = options.Filters(stages[0]);
        var x = net.ConvNorm("stem", Input, channels, Window.Same(3), options.Activation);
        for (var stage = 0; stage < stages.Length; stage++)
        {
            for (var block = 0; block < blocks; block++)
            {
                var filters = options.Filters(stages[stage]);
                x = Block(net, $"stage{stage + 1}.block{block + 1}", x, channels, filters, stage > 0 && block == 0 ? 2 : 1, options.Activation);
                channels = filters;
            }
        }

        net.PooledClassifier("classifier", x, options);
        return net.Graph(name, options.Input);
    }

    private static string Block(LayerList net, string name, string input, int channels, int filters, int stride, ActivationKind activation)
    {
        var x = net.ConvNorm($"{name}.first", input, filters, Window.Same(3, stride), activation);
        x = net.ConvNorm($"{name}.second", x, filters, Window.Same(3), activation: null, startsAtZero: true);
        var shortcut = stride == 1 && channels == filters ? input : net.ConvNorm($"{name}.shortcut", input, filters, new Window(1, stride), activation: null);
        return net.Add(new Activation($"{name}.act", net.Add(new Add($"{name}.add", x, shortcut)), activation));
    }
}
