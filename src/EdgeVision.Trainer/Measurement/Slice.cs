namespace EdgeVision.Trainer.Measurement;

/// <summary>The metric on a part of the pictures.</summary>
/// <param name="By">class, size or brightness.</param>
/// <param name="Low">Lower end of the 95 % interval.</param>
internal sealed record Slice(string By, string Name, int Count, double Value, double Low, double High);
