using EdgeVision.Trainer.Layers;
using TorchSharp;

namespace EdgeVision.Trainer.Training;

/// <summary>Judges a network by pictures that it does not learn from.</summary>
internal sealed class Examiner(TrainingData data, IReadOnlyList<VersionItem> items, Objective objective) : IDisposable
{
    private const int BatchSize = 64;

    private readonly BatchLoader _loader = data.Loader(items, new BatchOptions { BatchSize = BatchSize, Shuffle = false });
    private readonly InputBuffer _input = new(BatchSize, data.Shape);

    /// <param name="onBatch">Called after each batch.</param>
    /// <param name="exam">Of the objective, for whoever asks it more than its value afterwards.</param>
    public ExamResult Examine(Network network, Action? onBatch = null, Exam? exam = null)
    {
        using var _ = torch.no_grad();
        exam ??= objective.NewExam();
        var loss = 0.0;
        foreach (var batch in _loader.Epoch(0))
        {
            using (batch)
            {
                using var scope = torch.NewDisposeScope();
                var input = _input.Fill(batch);
                var answer = network.Forward(input, training: false, network.Graph.Logits);
                loss += objective.Loss(answer, input, batch).item<float>() * batch.Count;
                exam.Add(answer, batch);
                onBatch?.Invoke();
            }
        }

        return new ExamResult(loss / items.Count, exam.Value);
    }

    public void Dispose() => _input.Dispose();
}
