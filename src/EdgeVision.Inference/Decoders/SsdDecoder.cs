using EdgeVision.Imaging;

namespace EdgeVision.Inference;

/// <summary>SSD with boxes decoded inside the network (UltraFace): scores, and boxes as x1, y1, x2, y2 relative to the input.</summary>
/// <remarks>In: scores [1, n, background + classes], boxes [1, n, 4]. Example: box (0.25, 0.5, 0.5, 1) of a 320x240 input is (80, 120, 160, 240).</remarks>
internal sealed class SsdDecoder(long[] scores, long[] boxes, int backgroundClasses, int inputWidth, int inputHeight) : IOutputDecoder
{
    private readonly SsdScores _scores = new("ssd", scores, boxes, backgroundClasses);

    public int ClassCount => _scores.ClassCount;

    public void Decode(BoundTensor[] outputs, float minConfidence, Detections detections)
    {
        var scores = outputs[0].ReadFloats();
        var boxes = outputs[1].ReadFloats();
        for (var i = 0; i < _scores.BoxCount; i++)
        {
            var (classId, confidence) = _scores.Best(scores, i);
            if (confidence >= minConfidence)
            {
                var box = boxes.Slice(i * 4, 4);
                detections.Add(new BoundingBox(box[0] * inputWidth, box[1] * inputHeight, box[2] * inputWidth, box[3] * inputHeight), confidence, classId);
            }
        }
    }
}
