namespace EdgeVision.Trainer.Layers;

/// <summary>One tensor of a network, and the layer that it belongs to.</summary>
internal sealed record GraphParameter(Layer Layer, ParameterSpec Spec)
{
    /// <summary>As in <c>conv1.weight</c>.</summary>
    public string Name => $"{Layer.Name}.{Spec.Name}";
}
