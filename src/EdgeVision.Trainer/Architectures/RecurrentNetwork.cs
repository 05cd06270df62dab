using EdgeVision.Trainer.Layers;
using static EdgeVision.Trainer.Layers.LayerGraph;

namespace EdgeVision.Trainer.Architectures;

/// <summary>A small classifier of sequences, [1, steps, features]: 64 units that remember, then one dense layer. For events over time; a grey picture is read line by line.</summary>
internal static class RecurrentNetwork
{
    public static LayerGraph Build(ArchitectureOptions options)
    {
        var net = new LayerList();
        var x = net.Add(new Gru("gru", Input, options.Filters(64)));
        net.Classifier("dense", x, options);
        return net.Graph("gru", options.Input);
    }
}
