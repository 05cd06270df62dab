namespace EdgeVision.Compression;

/// <summary>A recipe carried out.</summary>
/// <param name="Sqnr">Nearness of the outputs to float, dB.</param>
internal sealed record QuantizedCandidate(QuantizationRecipe Recipe, QuantizedNetwork Network, double Sqnr)
{
    // Numbers that are near are no answers that are the same, and few answers are noise: five points of agreement weigh as much as one dB.
    private const double DecibelsOfAgreement = 20;

    /// <summary>Share of its answers to calibration pictures that are the float network's, 0 to 1; 0 = not asked.</summary>
    public double Agreement { get; init; }

    public double Nearness => Sqnr + (DecibelsOfAgreement * Agreement);
}
