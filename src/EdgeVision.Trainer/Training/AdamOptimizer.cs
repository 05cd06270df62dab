using EdgeVision.Trainer.Layers;
using TorchSharp;

namespace EdgeVision.Trainer.Training;

/// <summary>Adam (Kingma and Ba 2015, algorithm 1), with weight decay in the gradient or apart from it.</summary>
internal sealed class AdamOptimizer : Optimizer
{
    private const double First = 0.9, Second = 0.999, Epsilon = 1e-8;
    private readonly torch.Tensor _mean, _square;
    private readonly bool _isDecoupled;

    public AdamOptimizer(Network network, double weightDecay, bool isDecoupled)
        : base(network, weightDecay) => (_isDecoupled, _mean, _square) = (isDecoupled, Remember("mean"), Remember("square"));

    protected override void Update(torch.Tensor gradients, double rate)
    {
        if (_isDecoupled)
        {
            Decay(rate);
        }
        else
        {
            gradients = WithDecay(gradients);
        }

        _mean.mul_(First).add_(gradients, 1 - First);
        _square.mul_(Second).addcmul_(gradients, gradients, 1 - Second);
        var deviation = _square.sqrt().div_(Math.Sqrt(1 - Math.Pow(Second, Steps))).add_(Epsilon);
        Descend(_mean / deviation, rate / (1 - Math.Pow(First, Steps)));
    }
}
