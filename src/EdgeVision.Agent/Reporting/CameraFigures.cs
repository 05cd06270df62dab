using EdgeVision.Imaging;
using EdgeVision.Inference;

namespace EdgeVision.Agent;

/// <summary>What one camera showed one model over an interval, and since the start.</summary>
/// <remarks>Grows to the model's classes and stays there. Under the reporter's lock.</remarks>
internal sealed class CameraFigures(string id)
{
    private long[] _detections = [];
    private double[] _surest = [];

    public string Id { get; } = id;

    /// <summary>From the frame's arrival to its result.</summary>
    public LatencyHistogram Age { get; } = new();

    public LatencyHistogram Inference { get; } = new();

    /// <summary>Of the last whole interval.</summary>
    public Quantiles LastAge { get; private set; } = Quantiles.None;

    /// <summary>Of the last whole interval.</summary>
    public Quantiles LastInference { get; private set; } = Quantiles.None;

    public int Processed { get; private set; }

    public int Failed { get; private set; }

    public long TotalProcessed { get; private set; }

    public long TotalFailed { get; private set; }

    /// <summary>The same, area by area.</summary>
    public RegionFigures Regions { get; private set; } = new([]);

    /// <summary>Frames dropped or skipped up to the last interval's end, so that the interval can say its own.</summary>
    public long DroppedBefore { get; set; }

    /// <summary>Other areas from now on; what was counted in them so far is forgotten.</summary>
    public void Watch(IReadOnlyList<Region> regions) => Regions = new RegionFigures(regions);

    public void Observe(Frame frame, VisionModel model, VisionResult result, double ageMs, double inferenceMs)
    {
        if (_detections.Length < model.Labels.Count)
        {
            Array.Resize(ref _detections, model.Labels.Count);
            Array.Resize(ref _surest, model.Labels.Count);
        }

        Processed++;
        TotalProcessed++;
        Age.Add(ageMs);
        Inference.Add(inferenceMs);
        var classIds = result.Detections.ClassIds;
        var confidences = result.Detections.Confidences;
        for (var i = 0; i < classIds.Length; i++)
        {
            Count(classIds[i], confidences[i]);
        }

        Regions.Observe(frame, model.Labels.Count, result.Detections);
        if (result.Classes.Count > 0)
        {
            Count(result.Classes[0].ClassId, result.Classes[0].Confidence);
        }
    }

    public void CountFailed()
    {
        Failed++;
        TotalFailed++;
    }

    /// <summary>Classes that were seen in the interval, most often first.</summary>
    public IReadOnlyList<ClassFigures> Classes(IReadOnlyList<string> labels) =>
    [
        .. Enumerable.Range(0, _detections.Length).Where(classId => _detections[classId] > 0)
            .Select(classId => new ClassFigures(classId, classId < labels.Count ? labels[classId] : "", _detections[classId], Math.Round(_surest[classId], 3)))
            .OrderByDescending(figures => figures.Detections),
    ];

    public void BeginInterval()
    {
        (LastAge, LastInference) = (Age.Quantiles(), Inference.Quantiles());
        (Processed, Failed) = (0, 0);
        Age.Clear();
        Inference.Clear();
        Array.Clear(_detections);
        Array.Clear(_surest);
        Regions.BeginInterval();
    }

    private void Count(int classId, double confidence)
    {
        if ((uint)classId < (uint)_detections.Length)
        {
            _detections[classId]++;
            _surest[classId] = Math.Max(_surest[classId], confidence);
        }
    }
}
