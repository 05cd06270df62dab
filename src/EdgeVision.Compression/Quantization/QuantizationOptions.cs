namespace EdgeVision.Compression;

/// <summary>How a network is quantized.</summary>
public sealed record QuantizationOptions
{
    /// <summary>Default <see cref="QuantizationForm.CpuU8S8"/>.</summary>
    public QuantizationForm Form { get; init; } = QuantizationForm.CpuU8S8;

    /// <summary>One scale for each output channel of the weights, rather than one for all. Default true; the baseline <see cref="QuantizationForm.CpuS8S8"/> never has it.</summary>
    public bool PerChannel { get; init; } = true;

    /// <summary>How ranges follow from what was seen. Default everything that was seen.</summary>
    public RangeRule Range { get; init; } = new();

    /// <summary>Whether values that a Concat puts side by side share one scale where that costs each of them little. Default true; false where a network was trained with a scale for each.</summary>
    public bool SharesAtConcat { get; init; } = true;

    /// <summary>Names of nodes that stay in floats though they could be integers. Default none.</summary>
    public IReadOnlySet<string> FloatNodes { get; init; } = new HashSet<string>();
}
