using EdgeVision.Imaging;

namespace EdgeVision.Trainer;

/// <summary>What a camera's or an uplink's JPEG does to a picture.</summary>
/// <param name="MinQuality">1 to 95; drawn between it and 95.</param>
internal sealed record JpegArtifacts(int MinQuality) : IAugmentation
{
    private const int MaxQuality = 95;

    public string Name => "jpeg";

    public void Apply(Sample sample, RandomStream random) => Compress(sample, MinQuality + random.Next(MaxQuality - MinQuality + 1));

    public static void Compress(Sample sample, int quality)
    {
        using var frame = new FramePool(nameof(JpegArtifacts), sample.Layout, capacity: 1).TryRent()!;
        sample.Pixels.CopyTo(frame.Pixels);
        using var back = ImageCodec.Decode(ImageCodec.EncodeJpeg(frame, quality), nameof(JpegArtifacts));
        var colors = back.Pixels;
        var pixels = sample.Pixels;
        if (sample.Channels == 3)
        {
            colors.CopyTo(pixels);
            return;
        }

        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = colors[3 * i + 1];
        }
    }
}
