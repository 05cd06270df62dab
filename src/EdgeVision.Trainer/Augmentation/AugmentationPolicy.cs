using System.Globalization;
using EdgeVision.Compression;

namespace EdgeVision.Trainer;

/// <summary>What is done to pictures that are learned from, as one word: <c>standard</c>, with a strength <c>strong:0.5</c>, without a step <c>standard,-flip</c>.</summary>
/// <param name="Steps">Done to each picture, in their order.</param>
/// <param name="MosaicShare">Share of pictures that become a mosaic of four, before all else.</param>
/// <param name="Mixing">Done to whole batches, for classes alone.</param>
internal sealed record AugmentationPolicy(string Name, IReadOnlyList<IAugmentation> Steps, float MosaicShare, BatchMixing Mixing)
{
    public static readonly AugmentationPolicy None = new("none", [], 0, BatchMixing.None);

    /// <summary>The same without what covers or mixes, because a good part is none any more where another is in it.</summary>
    public AugmentationPolicy ForParts => this with { Steps = [.. Steps.Where(step => step is not Sometimes { Inner: RandomErasing })], MosaicShare = 0, Mixing = BatchMixing.None };

    public static IReadOnlyList<string> Names { get; } = ["none", "light", "surface", "standard", "strong", "detection"];

    /// <exception cref="TrainerException">No such policy, strength or step.</exception>
    public static AugmentationPolicy Parse(string text)
    {
        var words = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var (name, strength) = words.Length > 0 ? NameAndStrength(words[0]) : throw Unknown(text);
        return words.Skip(1).Aggregate(Of(name, strength) with { Name = text }, (policy, word) => policy.Without(word));
    }

    private static (string Name, float Strength) NameAndStrength(string word)
    {
        var mark = word.IndexOf(':', StringComparison.Ordinal);
        return mark < 0 ? (word, 1)
            : float.TryParse(word[(mark + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out var strength) && strength is >= 0 and <= 1 ? (word[..mark], strength)
            : throw new TrainerException($"--augment {word}: the strength behind ':' is 0 to 1, as in strong:0.5.");
    }

    private static AugmentationPolicy Of(string name, float strength) => name switch
    {
        "none" => None,
        "light" => new(name, [new HorizontalFlip(), new AffineWarp { Rotation = 5 * strength, Scale = 0.05f * strength, Shift = 0.05f * strength }], 0, BatchMixing.None),
        "surface" => new(name, [new HorizontalFlip(), new VerticalFlip(), new ColorJitter { Brightness = 0.06f * strength, Contrast = 0.2f * strength }], 0, BatchMixing.None),
        "standard" => new(name,
            [
                new HorizontalFlip(),
                new AffineWarp { Rotation = 10 * strength, Scale = 0.15f * strength, Shear = 5 * strength, Shift = 0.08f * strength },
                new ColorJitter { Brightness = 0.1f * strength, Contrast = 0.2f * strength, Gamma = 0.2f * strength, Saturation = 0.2f * strength, Hue = 5 * strength },
                new Sometimes(0.25f * strength, new RandomErasing(0.2f)),
            ], 0, BatchMixing.None),
        "strong" => new(name,
            [
                new HorizontalFlip(),
                new AffineWarp { Rotation = 10 * strength, Scale = 0.2f * strength, Shear = 5 * strength, Shift = 0.1f * strength },
                new RandomPick(2, 0.6f * strength),
                new Sometimes(0.4f * strength, new RandomErasing(0.3f)),
            ], 0, new BatchMixing(0.25f * strength, 0.25f * strength)),
        "detection" => new(name,
            [
                new HorizontalFlip(),
                new AffineWarp { Rotation = 3 * strength, Scale = 0.5f * strength, Shear = 2 * strength, Shift = 0.1f * strength, Fill = Mosaic.Grey },
                new ColorJitter { Brightness = 0.15f * strength, Contrast = 0.3f * strength, Gamma = 0.4f * strength, Saturation = 0.5f * strength, Hue = 8 * strength },
                new Sometimes(0.1f * strength, new GaussianBlur(1.5f)),
                new Sometimes(0.1f * strength, new GaussianNoise(15)),
                new Sometimes(0.1f * strength, new JpegArtifacts(30)),
            ], 0.5f * strength, BatchMixing.None),
        _ => throw Unknown(name),
    };

    private AugmentationPolicy Without(string word)
    {
        if (word is "-mosaic" or "-mix")
        {
            return word == "-mix" ? this with { Mixing = BatchMixing.None } : this with { MosaicShare = 0 };
        }

        var left = Steps.Where(step => "-" + step.Name != word).ToArray();
        return left.Length < Steps.Count ? this with { Steps = left } : throw new TrainerException(
            $"--augment {Name}: '{word}' takes nothing out; there are {string.Join(", ", Steps.Select(step => "-" + step.Name).Append("-mosaic").Append("-mix"))}.");
    }

    private static TrainerException Unknown(string name) => new($"--augment '{name}' is no policy; {NearestName.For(name, Names)}. They are {string.Join(", ", Names)}.");
}
