namespace EdgeVision.Compression;

/// <summary>A recipe carried out.</summary>
/// <param name="Sqnr">Nearness of the outputs to float, dB.</param>
internal sealed record QuantizedCandidate(QuantizationRecipe Recipe, QuantizedNetwork Network, double Sqnr);
