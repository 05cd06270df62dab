namespace EdgeVision.Trainer.Layers;

/// <summary>A network as layers that read each other: the one description that training, export, cost and pruning are made from.</summary>
/// <remarks>
/// Layers stand after those they read; the last one's value is the answer. Every shape and parameter is known once the graph is made. Parameters are called <c>layer.parameter</c> (<c>conv1.weight</c>)
/// everywhere: in checkpoints, and as ONNX initializers. Example: a 3x3 convolution of 32 filters on [1, 28, 28] gives [32, 26, 26], has 320 parameters and 194,688 MACs. Immutable, any thread.
/// </remarks>
internal sealed class LayerGraph
{
    /// <summary>How layers call the network's input.</summary>
    public const string Input = "input";

    private readonly Dictionary<string, LayerShape> _shapes = new(StringComparer.Ordinal);

    /// <param name="logits">The layer that the loss is taken of, where that is not the answer itself. It may be one that the answer does not read.</param>
    /// <param name="map">The layer that says of each place what the answer says of the whole picture; null = none does. The answer reads it.</param>
    /// <exception cref="TrainerException">A layer that reads what is not before it, a name twice, or shapes that do not meet.</exception>
    public LayerGraph(string name, LayerShape input, IReadOnlyList<Layer> layers, string? logits = null, string? map = null)
    {
        (Name, Layers, Map, Logits) = (name, layers, map, logits ?? (layers[^1] is Softmax softmax ? softmax.Inputs[0] : layers[^1].Name));
        _shapes.Add(Input, input);
        var parameters = new List<GraphParameter>();
        foreach (var layer in layers)
        {
            LayerShape[] inputs = [.. layer.Inputs.Select(value => _shapes.TryGetValue(value, out var shape) ? shape
                : throw new TrainerException($"Layer '{layer.Name}' of {name} reads '{value}', which no layer before it gives."))];
            if (!_shapes.TryAdd(layer.Name, layer.ShapeFor(inputs)))
            {
                throw new TrainerException($"{name} has two layers '{layer.Name}': give each a name of its own.");
            }

            parameters.AddRange(layer.ParametersFor(inputs).Select(spec => new GraphParameter(layer, spec)));
            Macs += layer.MacsFor(inputs);
        }

        Parameters = parameters;
    }

    public string Name { get; }

    public IReadOnlyList<Layer> Layers { get; }

    /// <summary>In the order of the layers; statistics among them.</summary>
    public IReadOnlyList<GraphParameter> Parameters { get; }

    /// <summary>Multiply-accumulates for one sample.</summary>
    public long Macs { get; }

    /// <summary>Values that are learnt.</summary>
    public long ParameterCount => Parameters.Where(parameter => parameter.Spec.IsTrained).Sum(parameter => parameter.Spec.Count);

    public LayerShape InputShape => _shapes[Input];

    /// <summary>The layer whose value is the answer.</summary>
    public string Output => Layers[^1].Name;

    /// <summary>The layer whose value the loss is taken of: what goes into the last softmax, because the loss has its own, unless the graph says another.</summary>
    public string Logits { get; }

    /// <summary>The layer whose value is given beside the answer: the same of each place; null where there is none.</summary>
    public string? Map { get; }

    /// <summary>The layers that the answer is computed from, in their order: what is left of the network when nothing more is learnt.</summary>
    public IReadOnlyList<Layer> AnswerLayers
    {
        get
        {
            var read = new HashSet<string>(StringComparer.Ordinal) { Output };
            foreach (var layer in Layers.Reverse().Where(layer => read.Contains(layer.Name)))
            {
                read.UnionWith(layer.Inputs);
            }

            return [.. Layers.Where(layer => read.Contains(layer.Name))];
        }
    }

    /// <summary>The same network of changed layers, each under the name it has.</summary>
    /// <exception cref="TrainerException">They do not fit any more.</exception>
    public LayerGraph With(Func<Layer, Layer> change) => new(Name, InputShape, [.. Layers.Select(change)], Logits, Map);

    public LayerShape ShapeOf(string layer) => _shapes[layer];
}
