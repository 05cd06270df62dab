namespace EdgeVision.Trainer;

/// <summary>A dark night's sensor: noise of its own for each value.</summary>
/// <param name="MaxSigma">Grey levels.</param>
internal sealed record GaussianNoise(float MaxSigma) : IAugmentation
{
    private const int TableSize = 4096;

    // Normal numbers drawn once, read at random places: drawing each anew takes longer than everything else that is done to a picture.
    private static readonly float[] _normals = Draw();

    public string Name => "noise";

    public void Apply(Sample sample, RandomStream random) => Add(sample, random.Between(0, MaxSigma), random);

    public static void Add(Sample sample, float sigma, RandomStream random)
    {
        const int perDraw = 5; // 12 bits each of 64
        var pixels = sample.Pixels;
        var bits = 0UL;
        for (var i = 0; i < pixels.Length; i++)
        {
            bits = i % perDraw == 0 ? random.NextULong() : bits >> 12;
            pixels[i] = (byte)Math.Clamp((int)MathF.Floor(pixels[i] + sigma * _normals[bits & (TableSize - 1)] + 0.5f), 0, 255);
        }
    }

    private static float[] Draw()
    {
        var random = RandomStream.For(1);
        return [.. Enumerable.Range(0, TableSize).Select(_ => random.Normal())];
    }
}
