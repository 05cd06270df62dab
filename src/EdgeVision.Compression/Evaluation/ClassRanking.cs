namespace EdgeVision.Compression;

/// <summary>All boxes of one class, surest first.</summary>
internal sealed class ClassRanking
{
    private readonly (int Picture, bool IsHit)[] _boxes;
    private readonly (int Picture, int Count)[] _truths;
    private readonly double[] _precision;

    public ClassRanking(int classId, IReadOnlyList<BoxOutcome> pictures)
    {
        ClassId = classId;
        _boxes = [.. pictures.SelectMany((picture, i) => picture.Found.Where(box => box.ClassId == classId).Select(box => (Picture: i, Box: box)))
            .OrderByDescending(entry => entry.Box.Confidence).Select(entry => (entry.Picture, entry.Box.IsHit))];
        _truths = [.. pictures.Select((picture, i) => (Picture: i, Count: picture.Truths.Count(id => id == classId))).Where(entry => entry.Count > 0)];
        _precision = new double[_boxes.Length];
    }

    public int ClassId { get; }

    public int Truths => _truths.Sum(entry => entry.Count);

    /// <summary>Null where no picture that counts has an object of the class.</summary>
    public double? Value(ReadOnlySpan<int> weights)
    {
        var truths = 0L;
        foreach (var (picture, count) in _truths)
        {
            truths += (long)weights[picture] * count;
        }

        return truths == 0 ? null : Area(weights) / truths;
    }

    /// <summary>Recall and precision after each box, surest first: how much is found, and how much of what is found is there.</summary>
    public IReadOnlyList<(double Recall, double Precision)> Curve()
    {
        var (hits, truths, points) = (0, Math.Max(1, Truths), new List<(double, double)>(_boxes.Length));
        foreach (var (_, isHit) in _boxes)
        {
            hits += isHit ? 1 : 0;
            points.Add(((double)hits / truths, hits / (points.Count + 1.0)));
        }

        return points;
    }

    private double Area(ReadOnlySpan<int> weights)
    {
        var (hits, boxes) = (0L, 0L);
        for (var i = 0; i < _boxes.Length; i++)
        {
            var weight = weights[_boxes[i].Picture];
            boxes += weight;
            hits += _boxes[i].IsHit ? weight : 0;
            _precision[i] = boxes == 0 ? 0 : (double)hits / boxes;
        }

        var (area, best) = (0.0, 0.0);
        for (var i = _boxes.Length - 1; i >= 0; i--)
        {
            best = Math.Max(best, _precision[i]);
            area += _boxes[i].IsHit ? best * weights[_boxes[i].Picture] : 0;
        }

        return area;
    }
}
