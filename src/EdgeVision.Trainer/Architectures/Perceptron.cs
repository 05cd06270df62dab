using EdgeVision.Trainer.Layers;
using static EdgeVision.Trainer.Layers.LayerGraph;

namespace EdgeVision.Trainer.Architectures;

/// <summary>Two hidden layers of 128 and 64 features: what a network without convolutions can do, to compare with.</summary>
internal static class Perceptron
{
    public static LayerGraph Build(ArchitectureOptions options)
    {
        var net = new LayerList();
        var x = net.Add(new Flatten("flatten", Input));
        x = net.Add(new Linear("dense1", x, options.Filters(128)));
        x = net.Add(new Activation("act1", x, options.Activation));
        x = net.Add(new Linear("dense2", x, options.Filters(64)));
        x = net.Add(new Activation("act2", x, options.Activation));
        net.Classifier("dense3", x, options);
        return net.Graph("mlp", options.Input);
    }
}
