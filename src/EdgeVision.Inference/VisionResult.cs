using EdgeVision.Imaging;

namespace EdgeVision.Inference;

/// <summary>What one model said of one frame; reused from frame to frame, one thread at a time.</summary>
public sealed class VisionResult
{
    /// <summary>Detectors fill it; empty otherwise. Boxes in picture pixels.</summary>
    public Detections Detections { get; } = new();

    /// <summary>Classifiers fill it: class id and probability, surest first; empty otherwise.</summary>
    public List<ClassScore> Classes { get; } = new(16);

    /// <summary>Models that read fill it; empty otherwise.</summary>
    public RecognizedText Text { get; } = new();

    /// <summary>Models that segment fill it; without cells otherwise.</summary>
    public SegmentationMap ClassMap { get; } = new();

    /// <summary>Where the time went, in ticks of <see cref="TimeProvider.GetTimestamp"/>.</summary>
    public StageTimes Times { get; set; }

    /// <summary>Nothing said, with the memory kept.</summary>
    public void Clear()
    {
        Detections.Clear();
        Classes.Clear();
        Text.Clear();
        ClassMap.Clear();
    }
}

/// <param name="Confidence">0 to 1.</param>
public readonly record struct ClassScore(int ClassId, float Confidence);

/// <summary>Ticks of the monotonic clock that each stage of one frame took.</summary>
public readonly record struct StageTimes(long Preprocess, long Run, long Postprocess)
{
    public long Total => Preprocess + Run + Postprocess;
}
