using System.Runtime.InteropServices;
using EdgeVision.Trainer.Distributed;
using EdgeVision.Trainer.Layers;
using TorchSharp;

namespace EdgeVision.Trainer.Training;

/// <summary>A network that learns: its weights, the optimiser's memory, and the running mean of the weights where one is kept.</summary>
/// <remarks>Where several ranks train together, each learns from its part of a batch, and all have the same weights after each step. Native memory is given back after every step. One thread.</remarks>
internal sealed class Learner : IDisposable
{
    private readonly TrainingOptions _options;
    private readonly Objective _objective;
    private readonly InputBuffer _input;

    /// <param name="rates">As <see cref="LayerRates.For"/>.</param>
    public Learner(LayerGraph graph, TrainingOptions options, Objective objective, RankGroup group, Func<Layer, double>? rates = null)
    {
        (_options, _objective, Group) = (options, objective, group);
        _input = new InputBuffer(options.BatchSize, graph.InputShape);
        Network = new Network(graph, options.Seed, rates);
        Optimizer = Optimizer.For(Network, options);
        Average = options.AverageDecay > 0 ? new Network(graph, options.Seed) : null;
    }

    public RankGroup Group { get; }

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

    /// <summary>Sees to it that all ranks have the same weights.</summary>
    /// <param name="when">As in <c>after epoch 3</c>.</param>
    /// <exception cref="TrainerException">They have not.</exception>
    public void RequireSame(string when)
    {
        Group.RequireSame($"The weights {when}", Network.Values.bytes);
        Group.RequireSame($"The statistics {when}", Network.Statistics.bytes);
    }

    /// <summary>Learns from one batch, or from this rank's part of one.</summary>
    /// <returns>Of this rank's part.</returns>
    public StepResult Step(Batch batch, double rate)
    {
        using var scope = torch.NewDisposeScope();
        Network.Gradients.zero_();
        using var chance = torch.manual_seed((long)RandomStream.For(_options.Seed, Optimizer.Steps, Group.Rank).NextULong()); // for dropout: by the step alone, so that nothing of it has to be kept
        var input = _input.Fill(batch);
        var answer = Network.Forward(input, training: true, Network.Graph.Logits);
        var loss = _objective.Loss(answer, input, batch);
        var result = new StepResult(loss.item<float>(), _objective.CorrectIn(answer, batch));
        if (double.IsFinite(result.Loss))
        {
            loss.backward();
            Group.Average(Values(Network.Gradients)); // before it is cut, as of one batch
            Clip();
            Optimizer.Step(rate);
            Group.Average(Values(Network.Statistics)); // at each step, because a mean that was taken only now and then would depend on when
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

    private static Span<float> Values(torch.Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);

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
