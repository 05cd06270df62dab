namespace EdgeVision.Trainer;

/// <summary>A few of several augmentations, drawn anew for each picture, all of one strength (after Cubuk, Zoph, Shlens, Le: RandAugment, 2020, arXiv:1909.13719, with our own list).</summary>
internal sealed class RandomPick(int count, float strength) : IAugmentation
{
    private readonly IAugmentation[] _choices =
    [
        new AffineWarp { Rotation = 30 * strength },
        new AffineWarp { Scale = 0.5f * strength },
        new AffineWarp { Shear = 20 * strength },
        new AffineWarp { Shift = 0.3f * strength },
        new ColorJitter { Brightness = 0.3f * strength },
        new ColorJitter { Contrast = strength },
        new ColorJitter { Gamma = strength },
        new ColorJitter { Saturation = strength, Hue = 20 * strength },
        new GaussianBlur(0.1f + 1.4f * strength),
        new GaussianNoise(25 * strength),
        new JpegArtifacts((int)(90 - 75 * strength)),
    ];

    public string Name => "pick";

    public void Apply(Sample sample, RandomStream random)
    {
        for (var i = 0; i < count; i++)
        {
            _choices[random.Next(_choices.Length)].Apply(sample, random);
        }
    }
}
