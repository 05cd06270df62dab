using EdgeVision.Imaging;

namespace EdgeVision.Agent;

/// <summary>What stood in a camera's regions over an interval, by class.</summary>
/// <remarks>
/// A detection stands where the middle of its lower edge is: a car's wheels, not its roof, are on the crossing. Example: box (100, 50)-(200, 150) of a 400x300 picture stands at
/// (0.375, 0.5). Regions may overlap. Grows to the model's classes and stays there. Under the reporter's lock.
/// </remarks>
internal sealed class RegionFigures(IReadOnlyList<Region> regions)
{
    private long[] _detections = [];
    private int _classes;

    public void Observe(Frame frame, int classes, Detections detections)
    {
        if (_classes < classes)
        {
            var grown = new long[regions.Count * classes];
            for (var i = 0; i < _detections.Length; i++)
            {
                grown[i / _classes * classes + i % _classes] = _detections[i];
            }

            (_detections, _classes) = (grown, classes);
        }

        for (var i = 0; i < detections.Count; i++)
        {
            var (box, classId) = (detections.Boxes[i], detections.ClassIds[i]);
            for (var region = 0; region < regions.Count && (uint)classId < (uint)_classes; region++)
            {
                _detections[region * _classes + classId] += regions[region].Area.Contains((box.X1 + box.X2) / 2 / frame.Width, box.Y2 / frame.Height) ? 1 : 0;
            }
        }
    }

    /// <summary>Region by region, classes that were seen, most often first.</summary>
    public IReadOnlyList<RegionClassFigures> Classes(IReadOnlyList<string> labels) =>
    [
        .. Enumerable.Range(0, _detections.Length).Where(i => _detections[i] > 0)
            .Select(i => new RegionClassFigures(regions[i / _classes].Id, i % _classes, i % _classes < labels.Count ? labels[i % _classes] : "", _detections[i]))
            .GroupBy(figures => figures.Id).SelectMany(region => region.OrderByDescending(figures => figures.Detections)),
    ];

    public void BeginInterval() => Array.Clear(_detections);
}
