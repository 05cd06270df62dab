using System.Numerics.Tensors;
using EdgeVision.Imaging;

namespace EdgeVision.Inference;

/// <summary>YOLOv5, v6, v7: rows [cx, cy, w, h, objectness, class...] with boxes already in input pixels.</summary>
/// <remarks>In: [1, rows, 5 + classes], 0 to 1 from objectness on. confidence = objectness * class. Example: (100, 50, 20, 10, 0.8, 0.5, 0.9) is box (90, 45, 110, 55), class 1, 0.72.</remarks>
internal sealed class YoloV5Decoder : IOutputDecoder
{
    private const int BoxValues = 5;

    public YoloV5Decoder(long[] shape)
    {
        OutputShape.Require(shape is [1, _, > BoxValues], "yolov5", "[1, rows, 5 + classes]", shape);
        ClassCount = (int)shape[2] - BoxValues;
    }

    public int ClassCount { get; }

    public void Decode(BoundTensor[] outputs, float minConfidence, Detections detections)
    {
        var values = outputs[0].ReadFloats();
        var rowLength = BoxValues + ClassCount;
        for (var start = 0; start < values.Length; start += rowLength)
        {
            if (values[start + 4] >= minConfidence)
            {
                AddRow(values.Slice(start, rowLength), minConfidence, detections);
            }
        }
    }

    private static void AddRow(ReadOnlySpan<float> row, float minConfidence, Detections detections)
    {
        var classes = row[BoxValues..];
        var best = TensorPrimitives.IndexOfMax(classes);
        var confidence = row[4] * classes[best];
        if (confidence >= minConfidence)
        {
            detections.Add(BoundingBox.FromCentre(row[0], row[1], row[2], row[3]), confidence, best);
        }
    }
}
