using EdgeVision.Trainer.Layers;
using static EdgeVision.Trainer.Layers.LayerGraph;

namespace EdgeVision.Trainer.Architectures;

/// <summary>A small detector without anchors: a cross-stage backbone, features passed down and up again between three sizes, and for each size one branch for boxes and one for classes.</summary>
/// <remarks>
/// In: height and width multiples of 32. Out: [cells, 5 + classes], a row [x, y, w, h, objectness, class...] for each cell at strides 8, 16 and 32, scores 0 to 1, as the device's decoder <c>yolox</c> reads
/// them (YOLOX, Ge et al. 2021, 2107.08430; the backbone's blocks after CSPNet, 1911.11929, the neck after PANet, 1803.01534). The loss reads <see cref="LogitLayer"/>: the same rows, scores as logits.
/// </remarks>
internal static class DetectionNetwork
{
    public const string LogitLayer = "logits";

    private const int Neck = 64;

    // The logit of 0.01: nearly all cells are empty, and beginning so keeps their sum from drowning the first steps (Lin et al. 2017, 1708.02002).
    private const float Seldom = -4.595f;

    private static readonly (int Filters, int Blocks)[] Stages = [(32, 1), (64, 1), (96, 2), (160, 1)];

    /// <summary>Pixels of the input for each cell of a map, smallest first.</summary>
    public static IReadOnlyList<int> Strides { get; } = [8, 16, 32];

    public static LayerGraph Build(ArchitectureOptions options)
    {
        var net = new LayerList();
        var maps = Exchange(net, Backbone(net, options), options);
        string[] logits = new string[maps.Length], answers = new string[maps.Length];
        for (var i = 0; i < maps.Length; i++)
        {
            (logits[i], answers[i]) = Head(net, $"head{Strides[i]}", maps[i], options);
        }

        net.Add(new PixelRows(LogitLayer, logits));
        net.Add(new PixelRows("answer", answers));
        return net.Graph("detector", options.Input, LogitLayer);
    }

    /// <summary>The maps at strides 8, 16 and 32.</summary>
    private static string[] Backbone(LayerList net, ArchitectureOptions options)
    {
        var x = net.ConvNorm("stem", Input, options.Filters(16), Window.Same(3, 2), options.Activation);
        var maps = new List<string>();
        foreach (var (stage, index) in Stages.Select((stage, index) => (stage, index)))
        {
            var filters = options.Filters(stage.Filters);
            x = net.ConvNorm($"stage{index + 1}.down", x, filters, Window.Same(3, 2), options.Activation);
            x = index < Stages.Length - 1 ? x : Pyramid(net, $"stage{index + 1}.pyramid", x, filters, options);
            x = CrossStage(net, $"stage{index + 1}", x, filters, stage.Blocks, options, isResidual: true);
            maps.Add(x);
        }

        return [.. maps.Skip(1)];
    }

    /// <summary>What the coarse maps know goes to the fine ones, and back again what those make of it.</summary>
    private static string[] Exchange(LayerList net, string[] maps, ArchitectureOptions options)
    {
        var filters = options.Filters(Neck);
        maps = [.. maps.Select((map, i) => net.ConvNorm($"lateral{Strides[i]}", map, filters, new Window(1), options.Activation))];
        for (var i = maps.Length - 2; i >= 0; i--)
        {
            var grown = net.Add(new Upsample($"down{Strides[i]}.grow", maps[i + 1], 2));
            maps[i] = CrossStage(net, $"down{Strides[i]}", net.Add(new Concat($"down{Strides[i]}.both", grown, maps[i])), filters, 1, options);
        }

        for (var i = 1; i < maps.Length; i++)
        {
            var shrunk = net.ConvNorm($"up{Strides[i]}.shrink", maps[i - 1], filters, Window.Same(3, 2), options.Activation);
            maps[i] = CrossStage(net, $"up{Strides[i]}", net.Add(new Concat($"up{Strides[i]}.both", shrunk, maps[i])), filters, 1, options);
        }

        return maps;
    }

    private static (string Logits, string Answer) Head(LayerList net, string name, string map, ArchitectureOptions options)
    {
        var filters = options.Filters(Neck);
        var place = net.ConvNorm($"{name}.place", map, filters, Window.Same(3), options.Activation);
        var kind = net.ConvNorm($"{name}.kind", map, filters, Window.Same(3), options.Activation);
        var box = net.Add(new Conv($"{name}.box", place, 4, new Window(1), feedsRelu: false));
        var objectness = net.Add(new Conv($"{name}.object", place, 1, new Window(1), feedsRelu: false, biasStart: Seldom));
        var classes = net.Add(new Conv($"{name}.class", kind, options.Classes, new Window(1), feedsRelu: false, biasStart: Seldom));
        var logits = net.Add(new Concat($"{name}.logits", box, objectness, classes));
        var isObject = net.Add(new Activation($"{name}.object.score", objectness, ActivationKind.Sigmoid));
        var isClass = net.Add(new Activation($"{name}.class.score", classes, ActivationKind.Sigmoid));
        return (logits, net.Add(new Concat($"{name}.answer", box, isObject, isClass)));
    }

    /// <summary>Half of the features go through blocks of two convolutions, the other half past them.</summary>
    private static string CrossStage(LayerList net, string name, string input, int filters, int blocks, ArchitectureOptions options, bool isResidual = false)
    {
        var half = filters / 2;
        var past = net.ConvNorm($"{name}.past", input, half, new Window(1), options.Activation);
        var x = net.ConvNorm($"{name}.through", input, half, new Window(1), options.Activation);
        for (var block = 1; block <= blocks; block++)
        {
            var inner = net.ConvNorm($"{name}.block{block}.first", x, half, new Window(1), options.Activation);
            inner = net.ConvNorm($"{name}.block{block}.second", inner, half, Window.Same(3), options.Activation);
            x = isResidual ? net.Add(new Add($"{name}.block{block}.add", x, inner)) : inner;
        }

        return net.ConvNorm($"{name}.mix", net.Add(new Concat($"{name}.join", x, past)), filters, new Window(1), options.Activation);
    }

    /// <summary>What lies around, at three reaches (He et al. 2014, 1406.4729).</summary>
    private static string Pyramid(LayerList net, string name, string input, int filters, ArchitectureOptions options)
    {
        var narrow = net.ConvNorm($"{name}.narrow", input, filters / 2, new Window(1), options.Activation);
        var near = net.Add(new MaxPool($"{name}.near", narrow, Window.Same(5)));
        var far = net.Add(new MaxPool($"{name}.far", near, Window.Same(5)));
        return net.ConvNorm($"{name}.mix", net.Add(new Concat($"{name}.join", narrow, near, far)), filters, new Window(1), options.Activation);
    }
}
