namespace EdgeVision.Agent;

/// <summary>What this device can do with a model. Times in milliseconds.</summary>
/// <param name="Fps">Decoding and looking, as fast as it goes.</param>
/// <param name="BareRunMsP50">The network alone, between whole frames of the same process.</param>
/// <param name="FrameMsP50">A whole frame: picture to tensor, network, decoding, suppression.</param>
/// <param name="OverheadRatio">FrameMsP50 / BareRunMsP50.</param>
/// <param name="AllocatedBytesPerFrame">Managed, over the whole process.</param>
/// <param name="ColdStartMs">From the start of the process to the first result.</param>
internal sealed record BenchFigures(
    long Frames, double Fps, double BareRunMsP50, double FrameMsP50, double FrameMsP99, double OverheadRatio, double PreprocessMsP50, double PostprocessMsP50,
    double AllocatedBytesPerFrame, double PeakRssMiB, double ColdStartMs, string Provider, IReadOnlyDictionary<string, int> NodesByProvider, int Threads);
