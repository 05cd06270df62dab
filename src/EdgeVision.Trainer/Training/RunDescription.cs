using EdgeVision.Compression;
using EdgeVision.Imaging;

namespace EdgeVision.Trainer.Training;

/// <summary><c>run.json</c>: what a run trains, and how its network's input and answer are to be understood.</summary>
/// <param name="Data">Digest of the frozen set, which lies beside it.</param>
/// <param name="Classes">In the order of the logits.</param>
internal sealed record RunDescription(RunSettings Settings, string Data, DatasetKind Kind, IReadOnlyList<string> Classes, TensorSpec Input, long Parameters, long Macs)
{
    /// <summary>Tensors that it began with, taken over from <see cref="RunSettings.From"/>.</summary>
    public IReadOnlyList<string> Transferred { get; init; } = [];
}
