using TorchSharp;
using static TorchSharp.torch.nn.functional;

namespace EdgeVision.Trainer.Training;

/// <summary>One class for each picture: cross entropy over logits [count, classes], against labels that may be mixed, smoothed, weighted by class, and focused on what is not known yet.</summary>
/// <param name="classWeights">How much each class counts; null = all the same.</param>
/// <param name="smoothing">Share of the truth that is spread over all classes (Szegedy et al. 2016, 1512.00567).</param>
/// <param name="focus">Power of what is missing to certainty that a sample counts with (focal loss, Lin et al. 2017, 1708.02002); 0 = all count the same.</param>
/// <param name="teacher">Whose answers it learns too, and disposes of; null = the truth alone.</param>
internal sealed class ClassificationObjective(int classes, float[]? classWeights = null, double smoothing = 0, double focus = 0, Teacher? teacher = null) : Objective
{
    private readonly torch.Tensor? _weights = classWeights is null ? null : torch.tensor(classWeights).DetachFromDisposeScope();

    public int Classes => classes;

    public override string Metric => "accuracy";

    public override torch.Tensor Loss(torch.Tensor answer, torch.Tensor input, Batch truth)
    {
        var shares = torch.tensor(truth.SoftLabels.ToArray(), truth.Count, classes);
        shares = smoothing > 0 ? shares * (1 - smoothing) + smoothing / classes : shares;
        var logarithms = log_softmax(answer, 1);
        var weighted = _weights is null ? shares : shares * _weights;
        var losses = -(weighted * logarithms).sum(1);
        if (focus > 0)
        {
            losses *= (1 - (shares * logarithms.exp()).sum(1)).clamp_min(0).pow(focus);
        }

        // By the weights that are in the batch, so that a batch of rare classes takes no greater step.
        var loss = losses.sum() / weighted.sum();
        return teacher?.Loss(loss, answer, input) ?? loss;
    }

    public override int? CorrectIn(torch.Tensor answer, Batch truth)
    {
        using var scope = torch.NewDisposeScope();
        return (int)answer.argmax(1).eq(torch.tensor(truth.Labels.AsSpan(0, truth.Count).ToArray(), torch.int64)).sum().item<long>();
    }

    public override Exam NewExam() => new ClassificationExam(this);

    public override void Dispose()
    {
        _weights?.Dispose();
        teacher?.Dispose();
        base.Dispose();
    }
}
