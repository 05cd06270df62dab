using EdgeVision.Imaging;

namespace EdgeVision.Inference;

/// <summary>FastestDet: one map with planes objectness, x, y, w, h, then one per class.</summary>
/// <remarks>
/// In: [1, 5 + classes, rows, columns], objectness sigmoid and classes softmax already. confidence = objectness^0.6 * class^0.4;
/// centre = (cell + tanh(xy)) / cells, size = sigmoid(wh), both relative to the input.
/// Example: cell (11, 11) of 22x22 with zeros in a 352x352 input is centre (176, 176), size 176x176.
/// </remarks>
internal sealed class FastestDetDecoder : IOutputDecoder
{
    private const int BoxValues = 5;

    private readonly int _rows;
    private readonly int _columns;
    private readonly int _width;
    private readonly int _height;

    public FastestDetDecoder(long[] shape, int inputWidth, int inputHeight)
    {
        OutputShape.Require(shape is [1, > BoxValues, _, _], "fastestdet", "[1, 5 + classes, rows, columns]", shape);
        ClassCount = (int)shape[1] - BoxValues;
        _rows = (int)shape[2];
        _columns = (int)shape[3];
        _width = inputWidth;
        _height = inputHeight;
    }

    public int ClassCount { get; }

    public void Decode(BoundTensor[] outputs, float minConfidence, Detections detections)
    {
        var planes = outputs[0].ReadFloats();
        var cells = _rows * _columns;
        for (var cell = 0; cell < cells; cell++)
        {
            var objectness = MathF.Pow(planes[cell], 0.6f);
            if (objectness >= minConfidence)
            {
                AddCell(planes, cell, objectness, minConfidence, detections);
            }
        }
    }

    private void AddCell(ReadOnlySpan<float> planes, int cell, float objectness, float minConfidence, Detections detections)
    {
        var (classId, score) = BestClass(planes, cell);
        var confidence = objectness * MathF.Pow(score, 0.4f);
        if (confidence >= minConfidence)
        {
            detections.Add(BoxOf(planes, cell), confidence, classId);
        }
    }

    private (int ClassId, float Score) BestClass(ReadOnlySpan<float> planes, int cell)
    {
        var cells = _rows * _columns;
        var best = 0;
        for (var classId = 1; classId < ClassCount; classId++)
        {
            if (planes[(BoxValues + classId) * cells + cell] > planes[(BoxValues + best) * cells + cell])
            {
                best = classId;
            }
        }

        return (best, planes[(BoxValues + best) * cells + cell]);
    }

    private BoundingBox BoxOf(ReadOnlySpan<float> planes, int cell)
    {
        var cells = _rows * _columns;
        var x = (cell % _columns + MathF.Tanh(planes[cells + cell])) / _columns;
        var y = (cell / _columns + MathF.Tanh(planes[2 * cells + cell])) / _rows;
        return BoundingBox.FromCentre(x * _width, y * _height, Sigmoid(planes[3 * cells + cell]) * _width, Sigmoid(planes[4 * cells + cell]) * _height);
    }

    private static float Sigmoid(float value) => 1 / (1 + MathF.Exp(-value));
}
