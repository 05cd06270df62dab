using EdgeVision.Trainer.Layers;
using static EdgeVision.Trainer.Layers.LayerGraph;

namespace EdgeVision.Trainer.Architectures;

/// <summary>SqueezeNet 1.1 (Iandola et al. 2016, 1602.07360): pairs of 1x1 and 3x3 convolutions that read few channels and give many; 722,496 parameters before the classes.</summary>
/// <remarks>Its layers bear the names of the published networks, so that it can begin with what those learnt from a million photographs (<c>--from</c>). In: 31 pixels or more a side, in 3 channels for published weights.</remarks>
internal static class SqueezeNetwork
{
    /// <summary>Where shapes are told apart and classes not yet: 384 channels for every 16th pixel.</summary>
    public const string Features = "fire7";

    private static readonly (int Squeezed, int Expanded)[] Fires = [(16, 64), (16, 64), (32, 128), (32, 128), (48, 192), (48, 192), (64, 256), (64, 256)];

    public static LayerGraph Build(ArchitectureOptions options)
    {
        var net = new LayerList();
        var x = net.Trunk(options);
        if (options.Dropout > 0)
        {
            x = net.Add(new Dropout("dropout", x, options.Dropout));
        }

        x = net.Add(new Conv("conv10", x, options.Classes, new Window(1), feedsRelu: false));
        x = net.Add(new GlobalAveragePool("pool10", x));
        net.Add(new Flatten("flatten", x));
        return net.Graph("squeezenet", options.Input);
    }

    /// <summary>All layers up to one that gives a map.</summary>
    /// <returns>That layer.</returns>
    public static string Trunk(this LayerList net, ArchitectureOptions options, string upTo = "fire9")
    {
        var x = net.Add(new Conv("conv1", Input, options.Filters(64), new Window(3, Stride: 2)));
        x = net.Add(new Activation("act1", x, options.Activation));
        x = net.Add(new MaxPool("pool1", x, new Window(3, Stride: 2)));
        for (var i = 0; i < Fires.Length && x != upTo; i++)
        {
            x = i is 2 or 4 ? net.Add(new MaxPool($"pool{i + 1}", x, new Window(3, Stride: 2))) : x;
            x = net.Fire($"fire{i + 2}", x, Fires[i], options);
        }

        return x;
    }

    private static string Fire(this LayerList net, string name, string input, (int Squeezed, int Expanded) filters, ArchitectureOptions options)
    {
        var squeezed = net.Bent($"{name}.squeeze1x1", input, options.Filters(filters.Squeezed), new Window(1), options);
        var narrow = net.Bent($"{name}.expand1x1", squeezed, options.Filters(filters.Expanded), new Window(1), options);
        var wide = net.Bent($"{name}.expand3x3", squeezed, options.Filters(filters.Expanded), Window.Same(3), options);
        return net.Add(new Concat(name, narrow, wide));
    }

    private static string Bent(this LayerList net, string name, string input, int filters, Window window, ArchitectureOptions options) =>
        net.Add(new Activation($"{name}.act", net.Add(new Conv(name, input, filters, window)), options.Activation));
}
