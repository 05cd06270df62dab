using EdgeVision.Trainer.Layers;
using TorchSharp;

namespace EdgeVision.Trainer.Training;

/// <summary>A network that learns: its weights, the optimiser's memory, and the running mean of the weights where one is kept.</summary>
/// <remarks>Native memory is given back after every step. One thread.</remarks>
internal sealed class Learner : IDisposable
{
    private readonly TrainingOptions _options;
    private readonly Objective _objective;
    private readonly InputBuffer _input;

    /// <param name="rates">As <see cref="LayerRates.For"/>.</param>
    public Learner(LayerGraph graph, TrainingOptions options, Objective objective, Func<Layer, double>? rates = null)
    {
        (_options, _objective) = (options, objective);
        _input = new InputBuffer(options.BatchSize, graph.InputShape);
        Network = new Network(graph, options.Seed, rates);
        Optimizer = Optimizer.For(Network, options);
        Average = options.AverageDecay > 0 ? new Network(graph, options.Seed) : null;
        torch.manual_seed(options.Seed); // for dropout
    }

    public Network Network { get; }

    public Optimizer Optimizer { get; }

    public Network? Average { get; }

    /// <summary>The weights that are judged and exported.</summary>
    public Network Judged => Average ?? Network;

    /// <summary>Begins with what another network has learnt.</summary>
    public void BeginWith(Donor donor)
    {
        donor.GiveTo(Network);
        Average?.CopyFrom(Network);
    }

    /// <summary>Learns from one batch.</summary>
    public StepResult Step(Batch batch, double rate)
    {
        using var scope = torch.NewDisposeScope();
        Network.Gradients.zero_();
        var input = _input.Fill(batch);
        var answer = Network.Forward(input, training: true, Network.Graph.Logits);
        var loss = _objective.Loss(answer, input, batch);
        var result = new StepResult(loss.item<float>(), _objective.CorrectIn(answer, batch));
        if (double.IsFinite(result.Loss))
        {
            loss.backward();
            Clip();
            Optimizer.Step(rate);
            MoveAverage();
        }

        return result;
    }

    public void Dispose()
    {
        _input.Dispose();
        Average?.Dispose();
        Optimizer.Dispose();
        Network.Dispose();
    }

    private void Clip()
    {
        if (_options.ClipNorm > 0 && Network.Gradients.norm().item<float>() is var length && length > _options.ClipNorm)
        {
            Network.Gradients.mul_(_options.ClipNorm / length);
        }
    }

    private void MoveAverage()
    {
        if (Average is null)
        {
            return;
        }

        // Less of the old at the beginning, when it is the weights that nothing was learnt in.
        var decay = Math.Min(_options.AverageDecay, (1.0 + Optimizer.Steps) / (10 + Optimizer.Steps));
        using var _ = torch.no_grad();
        Average.Values.mul_(decay).add_(Network.Values, 1 - decay);
        Average.Statistics.copy_(Network.Statistics);
    }
}
