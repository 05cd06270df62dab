using EdgeVision.Imaging;

namespace EdgeVision.Inference;

/// <summary>YOLOv8, v9, 11: planes cx, cy, w, h, then one plane per class, with boxes already in input pixels and no objectness.</summary>
/// <remarks>
/// In: [1, 4 + classes, boxes], classes 0 to 1. The best class of all boxes is found plane by plane, because a box's values lie thousands of floats apart.
/// Example: a column (100, 50, 20, 10, 0.1, 0.7) is box (90, 45, 110, 55), class 1, 0.7.
/// </remarks>
internal sealed class YoloV8Decoder : IOutputDecoder
{
    private const int BoxValues = 4;

    private readonly PlaneMaximum _best;
    private readonly int _boxes;

    public YoloV8Decoder(long[] shape)
    {
        OutputShape.Require(shape is [1, > BoxValues, _], "yolov8", "[1, 4 + classes, boxes]", shape);
        ClassCount = (int)shape[1] - BoxValues;
        _boxes = (int)shape[2];
        _best = new PlaneMaximum(_boxes);
    }

    public int ClassCount { get; }

    public void Decode(BoundTensor[] outputs, float minConfidence, Detections detections)
    {
        var planes = outputs[0].ReadFloats();
        var boxes = _boxes;
        _best.Reset(0);
        for (var classId = 0; classId < ClassCount; classId++)
        {
            _best.Keep(planes.Slice((BoxValues + classId) * boxes, boxes), classId);
        }

        for (var i = 0; i < boxes; i++)
        {
            if (_best.Best[i] is > 0 and var confidence && confidence >= minConfidence)
            {
                var box = BoundingBox.FromCentre(planes[i], planes[boxes + i], planes[2 * boxes + i], planes[3 * boxes + i]);
                detections.Add(box, confidence, _best.Planes[i]);
            }
        }
    }
}
