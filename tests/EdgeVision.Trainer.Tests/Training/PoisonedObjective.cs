using EdgeVision.Trainer.Training;
using TorchSharp;

namespace EdgeVision.Trainer.Tests.Training;

/// <summary>Another objective whose loss is no number from a step on.</summary>
internal sealed class PoisonedObjective(Objective inner, int step) : Objective
{
    private int _steps;

    public override string Metric => inner.Metric;

    public override torch.Tensor Loss(torch.Tensor answer, torch.Tensor input, Batch truth) => inner.Loss(answer, input, truth) * (_steps++ < step ? 1 : float.NaN);

    public override Exam NewExam() => inner.NewExam();
}
