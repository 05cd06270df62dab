namespace EdgeVision.Imaging;

/// <summary>Y, U, V (0 to 255) to red, green, blue (0 to 255, to be clamped): r = y' + RedV v', g = y' + GreenU u' + GreenV v', b = y' + BlueU u'.</summary>
/// <remarks>
/// y' = LumaScale (y - LumaOffset), u' = u - 128, v' = v - 128. ITU-R BT.601 (kr 0.299, kb 0.114) and BT.709 (kr 0.2126, kb 0.0722).
/// Example: BT.601 limited, Y 81, U 90, V 240 is red (254.4, 0, 0 before rounding and clamping).
/// </remarks>
internal readonly record struct YuvMatrix(float LumaScale, float LumaOffset, float RedV, float GreenU, float GreenV, float BlueU)
{
    private static readonly YuvMatrix[] _all =
    [
        Of(0.299f, 0.114f, limited: true), Of(0.2126f, 0.0722f, limited: true),
        Of(0.299f, 0.114f, limited: false), Of(0.2126f, 0.0722f, limited: false),
    ];

    public static YuvMatrix For(YuvColor color) => _all[(int)color];

    private static YuvMatrix Of(float kr, float kb, bool limited)
    {
        var kg = 1 - kr - kb;
        var chroma = limited ? 255f / 224 : 1f;
        return new YuvMatrix(
            limited ? 255f / 219 : 1f,
            limited ? 16 : 0,
            2 * (1 - kr) * chroma,
            -2 * (1 - kb) * kb / kg * chroma,
            -2 * (1 - kr) * kr / kg * chroma,
            2 * (1 - kb) * chroma);
    }
}
