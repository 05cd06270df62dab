namespace EdgeVision.Compression;

/// <summary>How far a step of <see cref="ModelCompressor"/> is.</summary>
/// <param name="Number">1 to <see cref="Count"/>, as in the table of <see cref="ModelCompressor"/>.</param>
/// <param name="What">In words: "calibrate on 100 pictures".</param>
/// <param name="Share">Of the step, 0 to 1; 1 = done.</param>
public readonly record struct CompressionStep(int Number, string What, double Share)
{
    public const int Count = 9;
}
