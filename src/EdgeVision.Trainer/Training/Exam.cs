using TorchSharp;

namespace EdgeVision.Trainer.Training;

/// <summary>Answers to samples that nothing is learnt from, judged one batch after the other.</summary>
internal abstract class Exam
{
    /// <summary>The objective's metric over all that was added, 0 to 1.</summary>
    public abstract double Value { get; }

    /// <param name="answer">As <see cref="Objective.Loss"/>'s; nothing of it is kept.</param>
    public abstract void Add(torch.Tensor answer, Batch truth);
}
