namespace EdgeVision.Compression;

/// <summary>Which range a value gets.</summary>
public sealed record RangeRule
{
    /// <summary>Default <see cref="CalibrationMethod.MinMax"/>.</summary>
    public CalibrationMethod Method { get; init; } = CalibrationMethod.MinMax;

    /// <summary>Per cent of the numbers that lie within the range of <see cref="CalibrationMethod.Percentile"/>; half of the rest is cut at each end. Default 99.99, over 50, at most 100.</summary>
    public double Percentile { get; init; } = 99.99;
}
