namespace EdgeVision.Trainer;

/// <summary>What a planted defect is filled with: the picture as it is elsewhere, or here, with other contrast and brightness.</summary>
/// <param name="Right">How far to the right it is taken from, around the picture's edge; 0 = here.</param>
/// <param name="Down">How far down.</param>
internal readonly record struct DefectFill(int Right, int Down, float Contrast, float Brightness)
{
    private const float Middle = 128;

    public static DefectFill Draw(Sample sample, RandomStream random)
    {
        var (isElsewhere, sign) = (random.Chance(0.5f), random.Chance(0.5f) ? 1 : -1);
        return isElsewhere
            ? new DefectFill(random.Next(sample.Width), random.Next(sample.Height), random.Between(0.7f, 1.3f), random.Normal() * 15)
            : new DefectFill(0, 0, random.Between(0.3f, 1.1f), sign * random.Between(15, 90));
    }

    public byte Value(Sample sample, int x, int y, int channel)
    {
        var from = (y + Down) % sample.Height * sample.Width + (x + Right) % sample.Width;
        var value = (sample.Pixels[from * sample.Channels + channel] - Middle) * Contrast + Middle + Brightness;
        return (byte)Math.Clamp(value, 0, byte.MaxValue);
    }
}
