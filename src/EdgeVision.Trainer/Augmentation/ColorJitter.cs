namespace EdgeVision.Trainer;

/// <summary>A <see cref="ColorShift"/> by lot, each part up to its limit to either side.</summary>
internal sealed record ColorJitter : IAugmentation
{
    public string Name => "color";

    /// <summary>Share of white.</summary>
    public float Brightness { get; init; }

    /// <summary>1 / (1 + Contrast) to 1 + Contrast; so are gamma and saturation.</summary>
    public float Contrast { get; init; }

    public float Gamma { get; init; }

    public float Saturation { get; init; }

    /// <summary>Degrees.</summary>
    public float Hue { get; init; }

    public void Apply(Sample sample, RandomStream random) => new ColorShift(
        random.Between(-Brightness, Brightness), Factor(Contrast, random), Factor(Gamma, random), Factor(Saturation, random), random.Between(-Hue, Hue)).Apply(sample);

    private static float Factor(float limit, RandomStream random) => MathF.Pow(1 + limit, random.Between(-1, 1));
}
