using System.Numerics;
using System.Runtime.InteropServices;
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

    private readonly float[] _best;
    private readonly int[] _bestClass;

    public YoloV8Decoder(long[] shape)
    {
        OutputShape.Require(shape is [1, > BoxValues, _], "yolov8", "[1, 4 + classes, boxes]", shape);
        ClassCount = (int)shape[1] - BoxValues;
        _best = new float[shape[2]];
        _bestClass = new int[shape[2]];
    }

    public int ClassCount { get; }

    public void Decode(BoundTensor[] outputs, float minConfidence, Detections detections)
    {
        var planes = outputs[0].ReadFloats();
        var boxes = _best.Length;
        Array.Clear(_best);
        for (var classId = 0; classId < ClassCount; classId++)
        {
            KeepBest(planes.Slice((BoxValues + classId) * boxes, boxes), classId);
        }

        for (var i = 0; i < boxes; i++)
        {
            if (_best[i] >= minConfidence && _best[i] > 0)
            {
                var box = BoundingBox.FromCentre(planes[i], planes[boxes + i], planes[2 * boxes + i], planes[3 * boxes + i]);
                detections.Add(box, _best[i], _bestClass[i]);
            }
        }
    }

    private void KeepBest(ReadOnlySpan<float> plane, int classId)
    {
        var scores = MemoryMarshal.Cast<float, Vector<float>>(plane);
        var best = MemoryMarshal.Cast<float, Vector<float>>(_best.AsSpan());
        var bestClass = MemoryMarshal.Cast<int, Vector<int>>(_bestClass.AsSpan());
        for (var i = 0; i < scores.Length; i++)
        {
            var isBetter = Vector.GreaterThan(scores[i], best[i]);
            best[i] = Vector.ConditionalSelect(isBetter, scores[i], best[i]);
            bestClass[i] = Vector.ConditionalSelect(isBetter, new Vector<int>(classId), bestClass[i]);
        }

        for (var i = scores.Length * Vector<float>.Count; i < plane.Length; i++)
        {
            if (plane[i] > _best[i])
            {
                (_best[i], _bestClass[i]) = (plane[i], classId);
            }
        }
    }
}
