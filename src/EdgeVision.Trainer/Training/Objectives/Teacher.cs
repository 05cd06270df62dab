using EdgeVision.Trainer.Layers;
using TorchSharp;
using static TorchSharp.torch.nn.functional;

namespace EdgeVision.Trainer.Training;

/// <summary>A network whose answers another one learns to give: what it holds for second and third most likely says more than one right class does (Hinton, Vinyals, Dean 2015, 1503.02531).</summary>
/// <param name="share">Of the loss, 0 to 1, that is about its answers; the rest is about the truth.</param>
internal sealed class Teacher(Network network, double share) : IDisposable
{
    // Softens both sides, so that small probabilities count; the loss grows with its square, because gradients shrink with that.
    private const double Temperature = 4;

    /// <exception cref="TrainerException">No run there, or not done.</exception>
    public static Teacher Open(string path, double share, TrainingData data)
    {
        var (folder, run, _) = RunFolder.OpenDone(path);
        var network = new Network(TrainingRun.GraphOf(run.Settings, data), seed: 0);
        WeightsFile.Load(folder.Weights, network);
        return new Teacher(network, share);
    }

    /// <param name="truth">The loss about the truth.</param>
    /// <param name="answer">Logits [count, classes].</param>
    /// <param name="input">What they were computed from.</param>
    public torch.Tensor Loss(torch.Tensor truth, torch.Tensor answer, torch.Tensor input)
    {
        torch.Tensor wanted;
        using (torch.no_grad())
        {
            wanted = softmax(network.Forward(input, training: false, network.Graph.Logits) / Temperature, 1);
        }

        var distance = -(wanted * log_softmax(answer / Temperature, 1)).sum(1).mean();
        return truth * (1 - share) + distance * (share * Temperature * Temperature);
    }

    public void Dispose() => network.Dispose();
}
