using EdgeVision.Trainer.Layers;
using TorchSharp;

namespace EdgeVision.Trainer.Training;

/// <summary>Gradient descent with Nesterov's momentum of 0.9 (Sutskever et al. 2013).</summary>
internal sealed class MomentumOptimizer : Optimizer
{
    private const double Momentum = 0.9;
    private readonly torch.Tensor _velocity;

    public MomentumOptimizer(Network network, double weightDecay)
        : base(network, weightDecay) => _velocity = Remember("velocity");

    protected override void Update(torch.Tensor gradients, double rate)
    {
        gradients = WithDecay(gradients);
        _velocity.mul_(Momentum).add_(gradients);
        Descend(gradients.add(_velocity, Momentum), rate);
    }
}
