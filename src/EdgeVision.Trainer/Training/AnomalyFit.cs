using EdgeVision.Trainer.Architectures;
using EdgeVision.Trainer.Layers;
using TorchSharp;

namespace EdgeVision.Trainer.Training;

/// <summary>Gathers what good parts show, epoch after epoch (each differently augmented), and computes a <see cref="AnomalyNetwork"/> from it.</summary>
/// <remarks>
/// All places of all pictures are samples of one normal distribution; the distance is divided by the channels, so that a place as good parts have it is at 1. A picture is as likely bad as good where its farthest
/// place is two deviations (of forty good parts about one is) beyond the mean of the farthest ones of good parts that the distribution was not made from. In double, because a covariance is a small difference of
/// large sums. Stopped, it begins again: it takes seconds.
/// </remarks>
internal sealed class AnomalyFit(Network network, TrainingData data, Objective objective, AugmentationPolicy policy, TrainingOptions options, RunFolder folder, IProgress<TrainingProgress> progress, TimeProvider clock)
{
    // Of the mean variance, added to each: directions that few pictures have hardly varied in would else make everything new endlessly far.
    private const double Ridge = 0.01;

    // Where nothing varies at all.
    private const double Least = 1e-6;

    private const double Deviations = 2;

    private readonly int _good = GoodParts.ClassOf(data.Version);
    private readonly int _channels = network.Graph.ShapeOf(AnomalyNetwork.Features).Channels;

    /// <summary>What is wrong with the wishes, before anything is computed.</summary>
    /// <param name="gifts">Tensors that were learnt elsewhere.</param>
    /// <exception cref="TrainerException">The features are not another network's, or there are too few good parts.</exception>
    public static void RequireUsable(LayerGraph graph, IReadOnlyCollection<string> gifts, TrainingData data)
    {
        var missing = graph.Parameters.Where(parameter => parameter.Layer.Name is not (AnomalyNetwork.Whitening or AnomalyNetwork.Places) && !gifts.Contains(parameter.Name)).Select(parameter => parameter.Name).ToArray();
        if (missing.Length > 0)
        {
            throw new TrainerException($"anomaly measures by what another network learnt to see, and {missing[0]} and {missing.Length - 1} more are not given: give --from with a squeezenet (a run, or the package of an ONNX file) of the same --width and channels.");
        }

        var good = GoodParts.ClassOf(data.Version);
        if (data.Train.Count(item => item.Class == good) < 2 || data.Validation.Count(item => item.Class == good) < 2)
        {
            throw new TrainerException("anomaly measures by good parts, two or more to learn from and two or more to set the limit by, and there are fewer: give more of them, or other --validation-share and --test-share.");
        }
    }

    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public TrainingState Run(CancellationToken stop)
    {
        using var _ = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var (sum, squares, count) = (torch.zeros([_channels], torch.float64), torch.zeros([_channels, _channels], torch.float64), 0L);
        var loader = data.Loader(GoodOf(data.Train), new BatchOptions { BatchSize = options.BatchSize, LeastBatch = 2, Seed = options.Seed, Policy = policy, Workers = options.Threads });
        var unseen = data.Loader(GoodOf(data.Validation), new BatchOptions { BatchSize = options.BatchSize, Shuffle = false });
        using var learnt = new Examiner(data, data.Train, objective);
        using var validation = new Examiner(data, data.Validation, objective);
        var state = new TrainingState();
        while (state.Epoch < options.Epochs)
        {
            var start = clock.GetTimestamp();
            count += Gather(loader, state.Epoch, sum, squares, stop);
            Whiten(sum / count, squares / count);
            SetLimit(unseen, stop);
            var seconds = clock.GetElapsedTime(start).TotalSeconds;
            var (seen, exam) = (learnt.Examine(network), validation.Examine(network));
            state = state with { Epoch = state.Epoch + 1, EpochSeconds = state.EpochSeconds + seconds, BestValue = exam.Value, BestEpoch = state.Epoch + 1 };
            folder.Add(new EpochMetrics(state.Epoch, seen.Loss, null, exam.Loss, exam.Value, objective.Metric, 0, Math.Round(seconds, 3), Math.Round(Environment.WorkingSet / 1048576.0, 1)));
            progress.Report(new TrainingProgress(state.Epoch, options.Epochs, 1, seen.Loss, null, exam.Value));
        }

        return state;
    }

    /// <returns>Places that were added.</returns>
    private long Gather(BatchLoader loader, int epoch, torch.Tensor sum, torch.Tensor squares, CancellationToken stop)
    {
        var count = 0L;
        LookAt(loader, epoch, AnomalyNetwork.Features, features =>
        {
            var places = features.permute(0, 2, 3, 1).reshape(-1, _channels).to(torch.float64);
            sum.add_(places.sum([0]));
            squares.add_(places.t().mm(places));
            count += places.shape[0];
        }, stop);
        return count;
    }

    private void LookAt(BatchLoader loader, int epoch, string layer, Action<torch.Tensor> look, CancellationToken stop)
    {
        using var input = new InputBuffer(options.BatchSize, network.Graph.InputShape);
        foreach (var batch in loader.Epoch(epoch, stop: stop))
        {
            using (batch)
            {
                using var scope = torch.NewDisposeScope();
                look(network.Forward(input.Fill(batch), training: false, layer));
            }
        }
    }

    // z = L^-1 (x - mean) with L L^T = covariance: z^T z is the distance.
    private void Whiten(torch.Tensor mean, torch.Tensor moments)
    {
        using var scope = torch.NewDisposeScope();
        var covariance = moments - mean.outer(mean);
        var ridge = Ridge * covariance.trace() / _channels + Least;
        var inverse = torch.linalg.inv(torch.linalg.cholesky(covariance + ridge * torch.eye(_channels, dtype: torch.float64)));
        Write(AnomalyNetwork.Whitening, inverse, -inverse.mv(mean));
    }

    private void SetLimit(BatchLoader unseen, CancellationToken stop)
    {
        SetPlaces(slope: 1, limit: 0);
        var farthest = new List<double>();
        LookAt(unseen, 0, network.Graph.Output, answer => farthest.AddRange(answer.select(1, 1 - _good).data<float>().ToArray().Select(distance => (double)distance)), stop);
        var mean = farthest.Average();
        var deviation = Math.Max(Math.Sqrt(farthest.Average(distance => (distance - mean) * (distance - mean))), 1e-3 * mean + Least);
        SetPlaces(1 / deviation, mean + Deviations * deviation);
    }

    // The logit of a good place is 0, that of a defect grows with the distance.
    private void SetPlaces(double slope, double limit)
    {
        float[] weight = new float[2 * _channels], bias = new float[2];
        weight.AsSpan((1 - _good) * _channels, _channels).Fill((float)(slope / _channels));
        bias[1 - _good] = (float)(-slope * limit);
        network.Write($"{AnomalyNetwork.Places}.weight", weight);
        network.Write($"{AnomalyNetwork.Places}.bias", bias);
    }

    private VersionItem[] GoodOf(IEnumerable<VersionItem> items) => [.. items.Where(item => item.Class == _good)];

    private void Write(string layer, torch.Tensor weight, torch.Tensor bias)
    {
        network.Write($"{layer}.weight", weight.to(torch.float32).contiguous().data<float>().ToArray());
        network.Write($"{layer}.bias", bias.to(torch.float32).contiguous().data<float>().ToArray());
    }
}
