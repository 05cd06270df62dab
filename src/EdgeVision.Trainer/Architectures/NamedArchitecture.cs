using EdgeVision.Trainer.Layers;

namespace EdgeVision.Trainer.Architectures;

/// <summary>One entry of the catalog.</summary>
/// <param name="Multiple">What width and height of the input must be multiples of.</param>
internal sealed record NamedArchitecture(LearningTask Task, Func<ArchitectureOptions, LayerGraph> Build, int Multiple = 1);
