namespace EdgeVision.Compression;

/// <summary>Scale and zero point of activations: real number = scale x (integer - zero point).</summary>
/// <remarks>Zero is an integer exactly. Example: [-1, 4.1] unsigned has scale 0.02 and zero point 50; signed with a zero point, -78; symmetric, scale 4.1 / 127 and zero point 0.</remarks>
/// <param name="Signed">int8 rather than uint8.</param>
internal readonly record struct ActivationParameters(float Scale, int Zero, bool Signed)
{
    private const int Steps = 255;
    private const int SymmetricSteps = 127;

    // Because a value may be zero in every sample, and its scale must not be.
    private const float LeastRange = 1e-5f;

    public static ActivationParameters Of(ValueRange range, QuantizationForm form)
    {
        var (least, greatest) = (MathF.Min(range.Least, 0), MathF.Max(range.Greatest, 0));
        if (form == QuantizationForm.TensorRtS8S8)
        {
            return new ActivationParameters(MathF.Max(MathF.Max(-least, greatest), LeastRange) / SymmetricSteps, 0, true);
        }

        var scale = MathF.Max(greatest - least, LeastRange) / Steps;
        var zero = (int)Math.Clamp(MathF.Round(-least / scale), 0, Steps);
        return form == QuantizationForm.CpuS8S8 ? new ActivationParameters(scale, zero + sbyte.MinValue, true) : new ActivationParameters(scale, zero, false);
    }

    /// <summary>The integer next to a real number, halves to even as QuantizeLinear rounds.</summary>
    public int Quantize(float value) => (int)Math.Clamp(MathF.Round(value / Scale) + Zero, Signed ? sbyte.MinValue : byte.MinValue, Signed ? sbyte.MaxValue : byte.MaxValue);
}
