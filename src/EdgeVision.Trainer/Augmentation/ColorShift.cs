namespace EdgeVision.Trainer;

/// <summary>Another light and another camera: gamma, contrast and brightness of every pixel, saturation and hue of colours.</summary>
/// <param name="Brightness">Added, in shares of white: 0.1 adds 25.5.</param>
/// <param name="Contrast">Factor about middle grey 127.5.</param>
/// <param name="Gamma">Exponent of the value in shares of white.</param>
/// <param name="Saturation">0 makes grey, 1 changes nothing.</param>
/// <param name="Hue">Degrees about the grey axis.</param>
/// <remarks>Example: brightness 0.1 and contrast 2 make 100 to (100 - 127.5) * 2 + 127.5 + 25.5 = 98. Results are rounded and kept within 0 to 255. Grey pictures have neither saturation nor hue.</remarks>
internal sealed record ColorShift(float Brightness = 0, float Contrast = 1, float Gamma = 1, float Saturation = 1, float Hue = 0)
{
    public void Apply(Sample sample)
    {
        Span<byte> table = stackalloc byte[256];
        Fill(table);
        var pixels = sample.Pixels;
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = table[pixels[i]];
        }

        if (sample.Channels == 3 && (Saturation != 1 || Hue != 0))
        {
            TurnColors(pixels);
        }
    }

    private void Fill(Span<byte> table)
    {
        for (var value = 0; value < table.Length; value++)
        {
            var light = Gamma == 1 ? value : 255 * MathF.Pow(value / 255f, Gamma);
            table[value] = Round((light - 127.5f) * Contrast + 127.5f + 255 * Brightness);
        }
    }

    /// <summary>In the plane of equal brightness: I and Q of the NTSC's YIQ are scaled and turned.</summary>
    private void TurnColors(Span<byte> pixels)
    {
        var (sine, cosine) = MathF.SinCos(Hue * MathF.PI / 180);
        var (turn, scale) = (Saturation * sine, Saturation * cosine);
        for (var i = 0; i < pixels.Length; i += 3)
        {
            var (blue, green, red) = ((float)pixels[i], (float)pixels[i + 1], (float)pixels[i + 2]);
            var light = 0.299f * red + 0.587f * green + 0.114f * blue;
            var (inPhase, quadrature) = (0.5959f * red - 0.2746f * green - 0.3213f * blue, 0.2115f * red - 0.5227f * green + 0.3112f * blue);
            (inPhase, quadrature) = (scale * inPhase - turn * quadrature, turn * inPhase + scale * quadrature);
            pixels[i] = Round(light - 1.106f * inPhase + 1.703f * quadrature);
            pixels[i + 1] = Round(light - 0.272f * inPhase - 0.647f * quadrature);
            pixels[i + 2] = Round(light + 0.956f * inPhase + 0.619f * quadrature);
        }
    }

    private static byte Round(float value) => (byte)Math.Clamp((int)MathF.Floor(value + 0.5f), 0, 255);
}
