using System.Runtime.InteropServices;
using TorchSharp;

namespace EdgeVision.Trainer.Layers;

/// <summary>A layer graph with its weights, which computes and learns.</summary>
/// <remarks>
/// In: [batch, channels, height, width] of float32. All that is learnt lies in one tensor, <see cref="Values"/>, and its gradients in another of the same form, so that an optimiser step, a mean of
/// weights and the sum over several processes are each one operation; layers see parts of it. Each part begins at a multiple of 64 bytes; what lies between stays 0.
/// Same graph and seed, same weights. Owns native memory. One thread at a time.
/// </remarks>
internal sealed class Network : IDisposable
{
    private readonly Dictionary<string, (ParameterBlock Block, int Offset, int Count)> _places = new(StringComparer.Ordinal);
    private readonly (Layer Layer, int[] Inputs, torch.Tensor[] Weights)[] _steps;
    private readonly int[][] _lastReads;
    private readonly ParameterBlock _trained, _statistics;
    private readonly HashSet<Layer> _frozen = [];

    /// <param name="rates">How fast a layer learns, as a share of the learning rate, 0 = not at all; null = all at the rate itself.</param>
    public Network(LayerGraph graph, long seed, Func<Layer, double>? rates = null)
    {
        Graph = graph;
        _trained = new ParameterBlock(graph.Parameters.Where(parameter => parameter.Spec.IsTrained), isTrained: true);
        _statistics = new ParameterBlock(graph.Parameters.Where(parameter => !parameter.Spec.IsTrained), isTrained: false);
        foreach (var parameter in graph.Parameters)
        {
            var block = parameter.Spec.IsTrained ? _trained : _statistics;
            _places.Add(parameter.Name, (block, block.OffsetOf(parameter.Name), (int)parameter.Spec.Count));
            InitialValues.Fill(parameter, seed, Span(parameter.Name));
        }

        SetRates(rates);
        string[] values = [LayerGraph.Input, .. graph.Layers.Select(layer => layer.Name)];
        _steps = [.. graph.Layers.Select(layer => (layer, layer.Inputs.Select(input => Array.IndexOf(values, input)).ToArray(), WeightsOf(layer)))];
        _lastReads = [.. _steps.Select((step, i) => step.Inputs.Distinct().Where(input => input > 0 && !_steps.Skip(i + 1).Any(later => later.Inputs.Contains(input))).ToArray())];
    }

    public LayerGraph Graph { get; }

    /// <summary>All that is learnt.</summary>
    public torch.Tensor Values => _trained.Values;

    /// <summary>Added to by every backward pass.</summary>
    public torch.Tensor Gradients => _trained.Gradients!;

    /// <summary>1 where weight decay applies, 0 elsewhere.</summary>
    public torch.Tensor Decays => _trained.Decays!;

    /// <summary>Share of the learning rate for each value; null where all are 1.</summary>
    public torch.Tensor? Rates { get; private set; }

    /// <summary>What layers gather without learning it: running means and variances.</summary>
    public torch.Tensor Statistics => _statistics.Values;

    /// <summary>The answer, or the value of another layer; later layers are not computed.</summary>
    public torch.Tensor Forward(torch.Tensor input, bool training, string? layer = null)
    {
        var values = new List<torch.Tensor>(_steps.Length + 1) { ChannelsLast(input) };
        var isJudged = !torch.is_grad_enabled();
        for (var i = 0; i < _steps.Length; i++)
        {
            var step = _steps[i];
            // Frozen: neither its weights nor its statistics change, and nothing is computed for what would change them.
            var isFrozen = _frozen.Contains(step.Layer);
            values.Add(step.Layer.Forward([.. step.Inputs.Select(index => values[index])], isFrozen ? [.. step.Weights.Select(weight => weight.detach())] : step.Weights, training && !isFrozen));
            if (step.Layer.Name == layer)
            {
                break;
            }

            if (isJudged)
            {
                Free(values, _lastReads[i]);
            }
        }

        return values[^1].contiguous(); // maps too lie as everybody else has them
    }

    // A backward pass needs them all; without one they would be gigabytes for large pictures. A layer that only passes on gives the very tensor that it read.
    private static void Free(List<torch.Tensor> values, int[] read)
    {
        foreach (var index in read)
        {
            if (!values.Skip(index + 1).Any(later => ReferenceEquals(later, values[index])))
            {
                values[index].Dispose();
            }
        }
    }

    // The same values with each pixel's channels side by side, and layers keep what they are given: oneDNN computes so, and turning them for each convolution took a detector a third of its time.
    private static torch.Tensor ChannelsLast(torch.Tensor input) => input.dim() == 4 ? input.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2) : input;

    /// <summary>One parameter, to be read before anything else is done with the network.</summary>
    public ReadOnlySpan<float> Read(string parameter) => Span(parameter);

    /// <exception cref="TrainerException">Another number of values than the parameter has.</exception>
    public void Write(string parameter, ReadOnlySpan<float> values)
    {
        var span = Span(parameter);
        if (span.Length != values.Length)
        {
            throw new TrainerException($"Parameter '{parameter}' of {Graph.Name} has {span.Length} values, {values.Length} are given: the weights are of another network.");
        }

        values.CopyTo(span);
    }

    /// <summary>Takes over everything from a network of the same graph.</summary>
    public void CopyFrom(Network other)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        Values.copy_(other.Values);
        Statistics.copy_(other.Statistics);
    }

    public void Dispose()
    {
        Rates?.Dispose();
        _trained.Dispose();
        _statistics.Dispose();
    }

    private void SetRates(Func<Layer, double>? rates)
    {
        if (rates is null)
        {
            return;
        }

        Rates = torch.ones_like(Values).DetachFromDisposeScope();
        var shares = MemoryMarshal.Cast<byte, float>(Rates.bytes);
        foreach (var parameter in Graph.Parameters.Where(parameter => parameter.Spec.IsTrained))
        {
            var (_, offset, count) = _places[parameter.Name];
            shares.Slice(offset, count).Fill((float)rates(parameter.Layer));
        }

        _frozen.UnionWith(Graph.Layers.Where(layer => rates(layer) == 0));
    }

    private torch.Tensor[] WeightsOf(Layer layer) =>
        [.. Graph.Parameters.Where(parameter => parameter.Layer == layer).Select(parameter => _places[parameter.Name].Block.PartOf(parameter.Name))];

    private Span<float> Span(string parameter)
    {
        var (block, offset, count) = _places[parameter];
        return MemoryMarshal.Cast<byte, float>(block.Values.bytes).Slice(offset, count);
    }
}
