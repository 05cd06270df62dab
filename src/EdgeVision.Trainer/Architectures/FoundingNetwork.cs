using EdgeVision.Trainer.Layers;
using static EdgeVision.Trainer.Layers.LayerGraph;

namespace EdgeVision.Trainer.Architectures;

/// <summary>The network that the project began with: three 3x3 convolutions without padding, two pools and two dense layers; 93,322 parameters for [1, 28, 28] and 10 classes.</summary>
internal static class FoundingNetwork
{
    public static LayerGraph Build(ArchitectureOptions options)
    {
        var net = new LayerList();
        var x = net.Add(new Conv("conv1", Input, options.Filters(32), new Window(3)));
        x = net.Add(new Activation("act1", x, options.Activation));
        x = net.Add(new MaxPool("pool1", x, new Window(2, Stride: 2)));
        x = net.Add(new Conv("conv2", x, options.Filters(64), new Window(3)));
        x = net.Add(new Activation("act2", x, options.Activation));
        x = net.Add(new MaxPool("pool2", x, new Window(2, Stride: 2)));
        x = net.Add(new Conv("conv3", x, options.Filters(64), new Window(3)));
        x = net.Add(new Activation("act3", x, options.Activation));
        x = net.Add(new Flatten("flatten", x));
        x = net.Add(new Linear("dense1", x, options.Filters(64)));
        x = net.Add(new Activation("act4", x, options.Activation));
        net.Classifier("dense2", x, options);
        return net.Graph("founding", options.Input);
    }
}
