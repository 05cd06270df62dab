namespace EdgeVision.Trainer.Layers;

/// <summary>What convolutions and pools share: a window slides over one map.</summary>
internal abstract class WindowLayer(string name, string input, Window window) : Layer(name, input)
{
    public Window Window { get; } = window;

    protected virtual int ChannelsFor(int channels) => channels;

    public override LayerShape ShapeFor(IReadOnlyList<LayerShape> inputs)
    {
        var map = RequireMap(inputs[0]);
        var shape = LayerShape.Map(ChannelsFor(map.Channels), Window.Places(map.Height), Window.Places(map.Width));
        return shape.Height > 0 && shape.Width > 0 ? shape : throw Misfit($"a window of {Window.Kernel} does not fit into {map}: use a larger input or fewer reducing layers");
    }
}
