namespace EdgeVision.Trainer;

/// <summary>Pictures, or boxes, of one class.</summary>
internal sealed record ClassCount(string Name, int Count);
