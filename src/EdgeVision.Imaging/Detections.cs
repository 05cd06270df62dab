namespace EdgeVision.Imaging;

/// <summary>What a detector saw in one frame: a structure of arrays, filled anew for every frame without allocation.</summary>
/// <remarks>
/// Boxes in picture pixels (xyxy), confidence 0 to 1, class id into the model's labels, tracker id 0 = not tracked.
/// Grows to the largest frame seen and stays there. One thread at a time.
/// </remarks>
public sealed class Detections
{
    private BoundingBox[] _boxes;
    private float[] _confidences;
    private int[] _classIds;
    private int[] _trackerIds;

    public Detections(int capacity = 256)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _boxes = new BoundingBox[capacity];
        _confidences = new float[capacity];
        _classIds = new int[capacity];
        _trackerIds = new int[capacity];
    }

    public int Count { get; private set; }

    public Span<BoundingBox> Boxes => _boxes.AsSpan(0, Count);

    public Span<float> Confidences => _confidences.AsSpan(0, Count);

    public Span<int> ClassIds => _classIds.AsSpan(0, Count);

    public Span<int> TrackerIds => _trackerIds.AsSpan(0, Count);

    /// <summary>For tests and pictures: detections written out by hand (x1, y1, x2, y2, confidence, class id).</summary>
    public static Detections Of(params ReadOnlySpan<(float X1, float Y1, float X2, float Y2, float Confidence, int ClassId)> rows)
    {
        var detections = new Detections(Math.Max(1, rows.Length));
        foreach (var row in rows)
        {
            detections.Add(new BoundingBox(row.X1, row.Y1, row.X2, row.Y2), row.Confidence, row.ClassId);
        }

        return detections;
    }

    public void Clear() => Count = 0;

    public void Add(BoundingBox box, float confidence, int classId)
    {
        if (Count == _boxes.Length)
        {
            Grow();
        }

        _boxes[Count] = box;
        _confidences[Count] = confidence;
        _classIds[Count] = classId;
        _trackerIds[Count] = 0;
        Count++;
    }

    /// <summary>Keeps the first <paramref name="count"/>.</summary>
    public void Truncate(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count);
        Count = count;
    }

    private void Grow()
    {
        var capacity = _boxes.Length * 2;
        Array.Resize(ref _boxes, capacity);
        Array.Resize(ref _confidences, capacity);
        Array.Resize(ref _classIds, capacity);
        Array.Resize(ref _trackerIds, capacity);
    }
}
