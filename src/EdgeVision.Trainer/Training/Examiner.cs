using EdgeVision.Trainer.Layers;
using TorchSharp;
using static TorchSharp.torch.nn.functional;

namespace EdgeVision.Trainer.Training;

/// <summary>Judges a network by samples that it does not learn from.</summary>
internal sealed class Examiner(TrainingSet set, Normalization normalization) : IDisposable
{
    private const int BatchSize = 100;

    private readonly SampleLoader _loader = new(set.Count, BatchSize, set.Shape, (index, _, values) =>
    {
        set.Read(index, normalization, values);
        return set.Labels[index];
    });

    public void Dispose() => _loader.Dispose();

    public ExamResult Examine(Network network)
    {
        using var _ = torch.no_grad();
        var (loss, correct) = (0.0, 0L);
        foreach (var batch in _loader.InOrder())
        {
            using var scope = torch.NewDisposeScope();
            var logits = network.Forward(batch.Values, training: false, network.Graph.Logits);
            var labels = batch.Labels;
            loss += cross_entropy(logits, labels).item<float>() * batch.Count;
            correct += logits.argmax(1).eq(labels).sum().item<long>();
        }

        return new ExamResult(loss / set.Count, (double)correct / set.Count);
    }
}
