using EdgeVision.Inference;

namespace EdgeVision.Agent;

/// <summary>A model that is loaded and not in service.</summary>
internal sealed record LoadedModel(ModelKey Key, VisionModel Model);
