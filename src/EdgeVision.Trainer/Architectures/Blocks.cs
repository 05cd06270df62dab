using EdgeVision.Trainer.Layers;

namespace EdgeVision.Trainer.Architectures;

/// <summary>Groups of layers that several networks are made of.</summary>
internal static class Blocks
{
    /// <summary>Convolution, normalisation and, unless it is null, activation.</summary>
    public static string ConvNorm(this LayerList net, string name, string input, int filters, Window window, ActivationKind? activation, int groups = 1, bool startsAtZero = false)
    {
        var x = net.Add(new Conv($"{name}.conv", input, filters, window, groups, bias: false, feedsRelu: activation is not null));
        x = net.Add(new BatchNorm($"{name}.norm", x, startsAtZero));
        return activation is { } kind ? net.Add(new Activation($"{name}.act", x, kind)) : x;
    }

    /// <summary>A row of features to one logit for each class.</summary>
    public static string Classifier(this LayerList net, string name, string input, ArchitectureOptions options)
    {
        var x = options.Dropout > 0 ? net.Add(new Dropout($"{name}.dropout", input, options.Dropout)) : input;
        return net.Add(new Linear(name, x, options.Classes, feedsRelu: false));
    }

    /// <summary>The mean of each channel, then <see cref="Classifier"/>.</summary>
    public static string PooledClassifier(this LayerList net, string name, string input, ArchitectureOptions options)
    {
        var x = net.Add(new GlobalAveragePool("pool", input));
        x = net.Add(new Flatten("flatten", x));
        return net.Classifier(name, x, options);
    }
}
