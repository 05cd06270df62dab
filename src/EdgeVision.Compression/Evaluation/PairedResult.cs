namespace EdgeVision.Compression;

/// <summary>What was lost between two models on the same pictures.</summary>
/// <param name="Drop">Value before less value after, 0 to 1; negative = it got better. 0.01 is one point.</param>
/// <param name="Low">Lower end of its 95 % interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="P">Probability of so large a difference where there is none: McNemar's exact test for shares, paired bootstrap otherwise.</param>
/// <param name="Test"><c>mcnemar</c> or <c>bootstrap</c>.</param>
/// <param name="Lost">Pictures on which only the first was right.</param>
/// <param name="Won">Pictures on which only the second was.</param>
public sealed record PairedResult(double Drop, double Low, double High, double P, string Test, int Lost, int Won);
