namespace EdgeVision.Compression.Tests;

/// <summary>A picture small enough to be written down.</summary>
internal static class Pixel
{
    /// <summary>PNG of one black pixel.</summary>
    public static readonly byte[] Black = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==");
}
