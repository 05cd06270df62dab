using TorchSharp;

namespace EdgeVision.Trainer.Layers;

/// <summary>One node of a <see cref="LayerGraph"/>: what it computes, said once for shapes, cost, libtorch and ONNX.</summary>
/// <remarks>Immutable and without weights; a <see cref="Network"/> holds those and gives them to <see cref="Forward"/> in the order of <see cref="ParametersFor"/>. Any thread.</remarks>
internal abstract class Layer(string name, params string[] inputs)
{
    /// <summary>Unique in its graph, and the name of the value it gives.</summary>
    public string Name { get; } = name;

    /// <summary>Names of the layers it reads.</summary>
    public IReadOnlyList<string> Inputs { get; } = inputs;

    /// <exception cref="TrainerException">The inputs do not fit.</exception>
    public abstract LayerShape ShapeFor(IReadOnlyList<LayerShape> inputs);

    public virtual IReadOnlyList<ParameterSpec> ParametersFor(IReadOnlyList<LayerShape> inputs) => [];

    /// <summary>Multiply-accumulates for one sample, counted as <see cref="Onnx.ModelSummary"/> counts them.</summary>
    public virtual long MacsFor(IReadOnlyList<LayerShape> inputs) => 0;

    /// <summary>The value in libtorch; the batch is the first length.</summary>
    public abstract torch.Tensor Forward(IReadOnlyList<torch.Tensor> inputs, IReadOnlyList<torch.Tensor> weights, bool training);

    /// <summary>The value in ONNX, under the layer's name.</summary>
    public abstract void Emit(OnnxEmission onnx, IReadOnlyList<string> weights);

    protected TrainerException Misfit(string reason) => new($"Layer '{Name}': {reason}.");

    protected LayerShape RequireMap(LayerShape input) => input.IsMap ? input : throw Misfit($"needs a map [channels, height, width], its input is {input}: put it before Flatten");
}
