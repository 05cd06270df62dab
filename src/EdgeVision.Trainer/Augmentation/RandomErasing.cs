namespace EdgeVision.Trainer;

/// <summary>Something stands before it: a rectangle of noise (Zhong, Zheng, Kang, Li, Yang: Random Erasing Data Augmentation, AAAI 2020).</summary>
/// <param name="MaxArea">Share of the picture, 0.02 to 1.</param>
internal sealed record RandomErasing(float MaxArea) : IAugmentation
{
    private const float MinArea = 0.02f;
    private const float MaxAspect = 3.3f;

    public string Name => "erase";

    public void Apply(Sample sample, RandomStream random)
    {
        var area = random.Between(MinArea, MathF.Max(MinArea, MaxArea)) * sample.Width * sample.Height;
        var aspect = MathF.Pow(MaxAspect, random.Between(-1, 1));
        var width = Math.Clamp((int)MathF.Sqrt(area * aspect), 1, sample.Width);
        var height = Math.Clamp((int)MathF.Sqrt(area / aspect), 1, sample.Height);
        Erase(sample, random.Next(sample.Width - width + 1), random.Next(sample.Height - height + 1), width, height, random);
    }

    public static void Erase(Sample sample, int left, int top, int width, int height, RandomStream random)
    {
        for (var y = top; y < top + height; y++)
        {
            foreach (ref var value in sample.Pixels.Slice((y * sample.Width + left) * sample.Channels, width * sample.Channels))
            {
                value = (byte)random.Next(256);
            }
        }
    }
}
