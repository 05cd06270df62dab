namespace EdgeVision.Trainer.Layers;

/// <summary>Layers as they are written down one after the other; each addition gives the name by which the next ones read it.</summary>
internal sealed class LayerList
{
    private readonly List<Layer> _layers = [];

    public string Add(Layer layer)
    {
        _layers.Add(layer);
        return layer.Name;
    }

    /// <exception cref="TrainerException">As the graph's.</exception>
    public LayerGraph Graph(string name, LayerShape input, string? logits = null, string? map = null) => new(name, input, _layers, logits, map);
}
