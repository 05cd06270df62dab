using TorchSharp;

namespace EdgeVision.Trainer.Training;

/// <summary>What a network is to learn: how far its answers are from the truth, and how good they are.</summary>
/// <remarks>One thread. Tensors that it makes belong to the caller's scope; what it keeps, it frees itself.</remarks>
internal abstract class Objective : IDisposable
{
    /// <summary>What <see cref="Exam.Value"/> is, as in <c>accuracy</c>, <c>map50</c>, <c>miou</c>; more is better.</summary>
    public abstract string Metric { get; }

    /// <summary>One value, the mean over the batch's samples, that gradients are taken of.</summary>
    /// <param name="answer">Value of <see cref="Layers.LayerGraph.Logits"/>, the batch first.</param>
    /// <param name="input">[count, channels, height, width], what the answer was computed from.</param>
    /// <param name="truth">Labels, boxes or masks of the same samples.</param>
    public abstract torch.Tensor Loss(torch.Tensor answer, torch.Tensor input, Batch truth);

    /// <summary>Samples that were answered rightly, while it is learnt from them; null where no sample is simply right or wrong.</summary>
    public virtual int? CorrectIn(torch.Tensor answer, Batch truth) => null;

    public abstract Exam NewExam();

    public virtual void Dispose()
    {
    }
}
