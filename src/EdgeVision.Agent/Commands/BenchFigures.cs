namespace EdgeVision.Agent;

/// <summary>What this device can do with a model. Times in milliseconds.</summary>
internal sealed record BenchFigures
{
    public long Frames { get; init; }

    /// <summary>Decoding and looking, as fast as it goes.</summary>
    public double Fps { get; init; }

    /// <summary>The network alone, between whole frames of the same process.</summary>
    public double BareRunMsP50 { get; init; }

    /// <summary>A whole frame: picture to tensor, network, decoding, suppression.</summary>
    public double FrameMsP50 { get; init; }

    public double FrameMsP99 { get; init; }

    /// <summary>FrameMsP50 / BareRunMsP50.</summary>
    public double OverheadRatio { get; init; }

    public double PreprocessMsP50 { get; init; }

    public double PostprocessMsP50 { get; init; }

    /// <summary>Managed, over the whole process, from the 50th frame on; 0 where there were fewer.</summary>
    public double AllocatedBytesPerFrame { get; init; }

    public double PeakRssMiB { get; init; }

    /// <summary>From the start of the process to the first result.</summary>
    public double ColdStartMs { get; init; }

    public required string Provider { get; init; }

    public required IReadOnlyDictionary<string, int> NodesByProvider { get; init; }

    /// <summary>Within one operator.</summary>
    public int Threads { get; init; }

    /// <summary>Frames looked at at once.</summary>
    public int Workers { get; init; }
}
