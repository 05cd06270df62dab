using TorchSharp;

namespace EdgeVision.Trainer.Training;

/// <summary>The share of pictures whose class was answered.</summary>
internal sealed class ClassificationExam(ClassificationObjective objective) : Exam
{
    private int _count, _correct;

    public override double Value => (double)_correct / _count;

    public override void Add(torch.Tensor answer, Batch truth)
    {
        _count += truth.Count;
        _correct += objective.CorrectIn(answer, truth)!.Value;
    }
}
