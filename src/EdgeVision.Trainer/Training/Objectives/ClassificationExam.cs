using System.Runtime.InteropServices;
using TorchSharp;

namespace EdgeVision.Trainer.Training;

/// <summary>The share of pictures whose class was answered; the answers themselves are kept for whoever asks more.</summary>
internal sealed class ClassificationExam(ClassificationObjective objective) : Exam
{
    private int _correct;

    public LogitTable Answers { get; } = new(objective.Classes);

    public override double Value => (double)_correct / Answers.Count;

    public override void Add(torch.Tensor answer, Batch truth)
    {
        _correct += objective.CorrectIn(answer, truth)!.Value;
        using var rows = answer.contiguous();
        Answers.Add(MemoryMarshal.Cast<byte, float>(rows.bytes), truth.Labels.AsSpan(0, truth.Count));
    }
}
