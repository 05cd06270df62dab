using System.Numerics.Tensors;
using EdgeVision.Imaging;

namespace EdgeVision.Inference;

/// <summary>YOLOX: rows [x, y, w, h, objectness, class...] for each cell of one map per stride, row-major, smallest stride first.</summary>
/// <remarks>
/// In: [1, cells, 5 + classes], objectness and classes already sigmoid, 0 to 1. centre = (xy + cell) * stride, size = exp(wh) * stride, confidence = objectness * class.
/// Example: cell (3, 2) of stride 8 with x 0.5, y 0.5, w 0, h 0 is centre (28, 20), size 8x8. Classes are looked at only where objectness reaches the limit,
/// because confidence cannot exceed it and nearly all cells are empty.
/// </remarks>
internal sealed class YoloxDecoder : IOutputDecoder
{
    private const int BoxValues = 5;

    private readonly int[] _strides;
    private readonly int _width;
    private readonly int _height;

    /// <exception cref="InferenceException">The number of rows is not that of the strides' maps.</exception>
    public YoloxDecoder(long[] shape, IReadOnlyList<int> strides, int inputWidth, int inputHeight)
    {
        _strides = [.. strides];
        _width = inputWidth;
        _height = inputHeight;
        var cells = _strides.Sum(stride => (long)(inputWidth / stride) * (inputHeight / stride));
        OutputShape.Require(shape is [1, var rows, > BoxValues] && rows == cells, "yolox", $"[1, {cells}, 5 + classes]", shape);
        ClassCount = (int)shape[2] - BoxValues;
    }

    public int ClassCount { get; }

    public void Decode(BoundTensor[] outputs, float minConfidence, Detections detections) => Decode(outputs[0].ReadFloats(), minConfidence, detections);

    public void Decode(ReadOnlySpan<float> rows, float minConfidence, Detections detections)
    {
        foreach (var stride in _strides)
        {
            rows = DecodeMap(rows, stride, minConfidence, detections);
        }
    }

    private ReadOnlySpan<float> DecodeMap(ReadOnlySpan<float> rows, int stride, float minConfidence, Detections detections)
    {
        var rowLength = BoxValues + ClassCount;
        var columns = _width / stride;
        var cells = columns * (_height / stride);
        for (var cell = 0; cell < cells; cell++)
        {
            if (rows[cell * rowLength + 4] >= minConfidence)
            {
                AddCell(rows.Slice(cell * rowLength, rowLength), cell % columns, cell / columns, stride, minConfidence, detections);
            }
        }

        return rows[(cells * rowLength)..];
    }

    private static void AddCell(ReadOnlySpan<float> row, int x, int y, int stride, float minConfidence, Detections detections)
    {
        var classes = row[BoxValues..];
        var best = TensorPrimitives.IndexOfMax(classes);
        var confidence = row[4] * classes[best];
        if (confidence >= minConfidence)
        {
            var box = BoundingBox.FromCentre((row[0] + x) * stride, (row[1] + y) * stride, MathF.Exp(row[2]) * stride, MathF.Exp(row[3]) * stride);
            detections.Add(box, confidence, best);
        }
    }
}
