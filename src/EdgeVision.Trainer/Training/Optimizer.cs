using EdgeVision.Trainer.Layers;
using TorchSharp;

namespace EdgeVision.Trainer.Training;

/// <summary>Changes all weights of a network by their gradients, in one go.</summary>
/// <remarks>Keeps tensors of the weights' form and the number of steps: saved and restored, it goes on to the last bit. Owns native memory. One thread.</remarks>
internal abstract class Optimizer(Network network, double weightDecay) : IDisposable
{
    private readonly Dictionary<string, torch.Tensor> _memory = new(StringComparer.Ordinal);

    public static Optimizer For(Network network, TrainingOptions options) => options.Optimizer == OptimizerKind.Momentum
        ? new MomentumOptimizer(network, options.WeightDecay)
        : new AdamOptimizer(network, options.WeightDecay, isDecoupled: options.Optimizer == OptimizerKind.AdamW);

    /// <summary>Steps taken.</summary>
    public long Steps { get; set; }

    /// <summary>What is remembered from step to step, by name.</summary>
    public IReadOnlyDictionary<string, torch.Tensor> Memory => _memory;

    /// <param name="rate">Learning rate of this step.</param>
    public void Step(double rate)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        Steps++;
        Update(network.Gradients, rate);
    }

    public void Dispose()
    {
        foreach (var tensor in _memory.Values)
        {
            tensor.Dispose();
        }
    }

    protected abstract void Update(torch.Tensor gradients, double rate);

    protected torch.Tensor Remember(string name) => _memory[name] = torch.zeros_like(network.Values).DetachFromDisposeScope();

    /// <summary>Goes down along a direction, each layer as fast as it may.</summary>
    protected void Descend(torch.Tensor direction, double rate)
    {
        if (network.Rates is { } rates)
        {
            network.Values.addcmul_(direction, rates, -rate);
        }
        else
        {
            network.Values.add_(direction, -rate);
        }
    }

    /// <summary>The pull towards 0 as a part of the gradient.</summary>
    protected torch.Tensor WithDecay(torch.Tensor gradients) => weightDecay == 0 ? gradients : gradients.addcmul(network.Values, network.Decays, weightDecay);

    /// <summary>The pull towards 0 by itself.</summary>
    protected void Decay(double rate)
    {
        if (weightDecay > 0)
        {
            Descend(network.Values * network.Decays, rate * weightDecay);
        }
    }
}
