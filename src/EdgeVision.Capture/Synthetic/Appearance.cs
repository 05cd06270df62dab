using EdgeVision.Imaging;

namespace EdgeVision.Capture;

/// <summary>How one road user looks: its size in metres, its colours, and a number for what else differs.</summary>
internal sealed record Appearance(SceneClass Class, double Length, double Width, double Height, Tint First, Tint Second, Tint Skin, int Variant, double Aside)
{
    public static Appearance Draw(SceneClass kind, RandomStream random)
    {
        var variant = random.Next(1 << 16);
        var first = kind is SceneClass.Person or SceneClass.Bicycle ? Cloth(random) : Paint(random);
        var second = kind is SceneClass.Truck ? Paint(random) : Cloth(random);
        var skin = Tint.Of(0.07, 0.45, random.Between(0.3f, 0.9f));
        var size = random.Between(0.9f, 1.1f);
        return kind switch
        {
            SceneClass.Person => new(kind, 0.5, 0.5, random.Chance(0.12f) ? random.Between(1.05f, 1.4f) : random.Between(1.55f, 1.95f), first, second, skin, variant, 0),
            SceneClass.Bicycle => new(kind, 1.75, 0.55, 1.7 * size, first, second, skin, variant, random.Between(0.4f, 1.2f)),
            SceneClass.Car => new(kind, 4.3 * size, 1.8, (variant % 4 == 3 ? 2.0 : 1.47) * (0.5 + size / 2), first, second, skin, variant, random.Between(-0.2f, 0.2f)),
            SceneClass.Bus => new(kind, 11.5 * size, 2.5, 3.1, first, second, skin, variant, 0),
            _ => new(kind, random.Between(6.5f, 12), 2.45, random.Between(2.9f, 3.9f), first, second, skin, variant, 0),
        };
    }

    /// <summary>Half of all cars are white, grey or black; the rest have a hue.</summary>
    private static Tint Paint(RandomStream random) => random.Chance(0.5f)
        ? Tint.Grey(random.Between(0.05f, 0.95f))
        : Tint.Of(random.NextFloat(), random.Between(0.3f, 0.95f), random.Between(0.25f, 0.95f));

    private static Tint Cloth(RandomStream random) => Tint.Of(random.NextFloat(), random.Between(0.05f, 0.85f), random.Between(0.08f, 0.9f));
}
