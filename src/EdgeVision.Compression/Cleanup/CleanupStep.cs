namespace EdgeVision.Compression;

/// <summary>One thing that a clean-up did.</summary>
/// <param name="What">As people read it: <c>BatchNormalization folded into Conv</c>.</param>
/// <param name="Node">The node that went or was changed; the value where it had no name.</param>
public sealed record CleanupStep(string What, string Node);
