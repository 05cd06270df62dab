using EdgeVision.Trainer.Layers;
using EdgeVision.Trainer.Torch;
using EdgeVision.Trainer.Training;
using TorchSharp;

namespace EdgeVision.Trainer.Tests.Training;

/// <summary>One batch learnt by heart.</summary>
internal static class Practice
{
    /// <returns>Loss of the first and the last step, and the metric on the same batch afterwards.</returns>
    public static (float First, float Last, double Value) Run(Network network, Objective objective, Batch batch, int steps, double rate)
    {
        TorchRuntime.Start(threads: 1);
        using var optimizer = Optimizer.For(network, new TrainingOptions { Optimizer = OptimizerKind.AdamW });
        using var buffer = new InputBuffer(batch.Count, network.Graph.InputShape);
        var (input, losses) = (buffer.Fill(batch), new List<float>());
        for (var step = 0; step < steps; step++)
        {
            using var scope = torch.NewDisposeScope();
            network.Gradients.zero_();
            var loss = objective.Loss(network.Forward(input, training: true, network.Graph.Logits), input, batch);
            losses.Add(loss.item<float>());
            loss.backward();
            optimizer.Step(rate * Math.Min(1, 2.0 * (steps - step) / steps));
        }

        var exam = objective.NewExam();
        using (torch.NewDisposeScope())
        {
            exam.Add(network.Forward(input, training: false, network.Graph.Logits), batch);
        }

        input.Dispose();
        return (losses[0], losses[^1], exam.Value);
    }
}
