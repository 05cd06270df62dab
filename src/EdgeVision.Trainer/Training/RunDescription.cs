namespace EdgeVision.Trainer.Training;

/// <summary><c>run.json</c>: what a run trains, and how its network's input and answer are to be understood.</summary>
/// <param name="Classes">In the order of the logits.</param>
/// <param name="Input">[channels, height, width].</param>
internal sealed record RunDescription(RunSettings Settings, IReadOnlyList<string> Classes, IReadOnlyList<int> Input, Normalization Normalization, long Parameters, long Macs);
