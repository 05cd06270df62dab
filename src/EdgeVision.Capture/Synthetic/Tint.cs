namespace EdgeVision.Capture;

/// <summary>A colour or a light, 0 (none) to 1 (white) in each channel; a light may be stronger.</summary>
internal readonly record struct Tint(double R, double G, double B)
{
    public static Tint operator +(Tint a, Tint b) => new(a.R + b.R, a.G + b.G, a.B + b.B);

    public static Tint operator *(Tint a, Tint b) => new(a.R * b.R, a.G * b.G, a.B * b.B);

    public static Tint operator *(Tint a, double by) => new(a.R * by, a.G * by, a.B * by);

    public static Tint Grey(double value) => new(value, value, value);

    /// <param name="hue">0 red, 1/3 green, 2/3 blue, 1 red.</param>
    public static Tint Of(double hue, double saturation, double value) => new(Channel(hue + 1, saturation, value), Channel(hue + 2.0 / 3, saturation, value), Channel(hue + 1.0 / 3, saturation, value));

    public Tint Mix(Tint other, double share) => this * (1 - share) + other * share;

    /// <summary>0x00RRGGBB: in memory blue, green, red, as the frames have it.</summary>
    public uint Pack() => (uint)Byte(R) << 16 | (uint)Byte(G) << 8 | Byte(B);

    private static byte Byte(double value) => (byte)Math.Clamp((int)(value * 255 + 0.5), 0, 255);

    private static double Channel(double hue, double saturation, double value)
    {
        var distance = Math.Abs((hue - Math.Floor(hue)) * 6 - 3) - 1;
        return value * (1 - saturation * (1 - Math.Clamp(distance, 0, 1)));
    }
}
