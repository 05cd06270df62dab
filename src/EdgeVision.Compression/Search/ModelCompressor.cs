namespace EdgeVision.Compression;

/// <summary>From a float package to a package of small variants with the proof that they still see.</summary>
public sealed class ModelCompressor
{
    public static CompressionResult Compress(CompressionRequest request, IProgress<CompressionStep>? progress = null, CancellationToken stop = default) =>
        throw new NotImplementedException();
}
