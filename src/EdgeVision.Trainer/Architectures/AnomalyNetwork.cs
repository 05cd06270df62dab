using EdgeVision.Trainer.Layers;

namespace EdgeVision.Trainer.Architectures;

/// <summary>How far what is seen at each place of a part lies from what good parts show: features that another network learnt, and the distance of each place's from all of those (Rippel et al. 2020, 2005.14140).</summary>
/// <remarks>
/// The squared Mahalanobis distance is written as what any runtime has: features, brought to independent ones of variance 1 by a 1x1 convolution, squared, and summed by another. Both are computed from good parts
/// (<see cref="Training.AnomalyFit"/>), not learnt step by step. Out: logits [2], those of the place that is surest of each class; and <see cref="Places"/> [2, height / 16, width / 16], the logits of all, for whoever asks where.
/// </remarks>
internal static class AnomalyNetwork
{
    public const string Features = SqueezeNetwork.Features, Whitening = "whitening", Places = "places";

    public static LayerGraph Build(ArchitectureOptions options)
    {
        var net = new LayerList();
        var x = net.Trunk(options, Features);
        var channels = net.Graph("trunk", options.Input).ShapeOf(x).Channels;
        x = net.Add(new Conv(Whitening, x, channels, new Window(1), feedsRelu: false));
        x = net.Add(new Activation("squares", x, ActivationKind.Square));
        x = net.Add(new Conv(Places, x, options.Classes, new Window(1), feedsRelu: false));
        x = net.Add(new GlobalMaxPool("farthest", x));
        net.Add(new Flatten("verdict", x));
        return net.Graph("anomaly", options.Input, map: Places);
    }
}
