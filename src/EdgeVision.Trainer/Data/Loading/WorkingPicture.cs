namespace EdgeVision.Trainer;

/// <summary>A picture as small as the input needs it, with its truth in the small one's pixels. Immutable, any thread.</summary>
/// <param name="Pixels">Packed, 1 channel or 3 (blue, green, red).</param>
/// <param name="Mask">A class a pixel; null where there is none.</param>
internal sealed record WorkingPicture(int Width, int Height, int Channels, byte[] Pixels, byte[]? Mask, IReadOnlyList<VersionBox> Boxes)
{
    public long Bytes => Pixels.Length + (Mask?.Length ?? 0);

    public void CopyTo(Sample sample)
    {
        sample.Reset(Width, Height, Channels, Mask is not null);
        Pixels.CopyTo(sample.Pixels);
        Mask?.CopyTo(sample.Mask);
        sample.Boxes.AddRange(Boxes);
    }
}
