namespace EdgeVision.Compression.Tests;

/// <summary>A picture small enough to be written down.</summary>
internal static class Pixel
{
    /// <summary>PNG of one grey pixel, value 3 of 255.</summary>
    public static readonly byte[] Grey = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgBgAABQAE69OlZgAAAABJRU5ErkJggg==");
}
