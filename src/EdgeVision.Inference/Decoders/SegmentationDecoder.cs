using EdgeVision.Imaging;

namespace EdgeVision.Inference;

/// <summary>A score for every class at every place as the class of every place.</summary>
/// <remarks>
/// In: [1, classes, rows, columns], logits or probabilities, 2 to 256 classes; rows and columns cover the network's input. What covers padding is left out. Example: 416x416 cells of an input of 416x416 in which
/// the picture takes 416x228 pixels are 416x228 cells. 0 bytes allocated per frame.
/// </remarks>
internal sealed class SegmentationDecoder
{
    private readonly int _rows;
    private readonly int _columns;
    private readonly int _inputWidth;
    private readonly int _inputHeight;
    private readonly PlaneMaximum _best;

    public SegmentationDecoder(long[] shape, int inputWidth, int inputHeight)
    {
        OutputShape.Require(shape is [1, > 1 and <= 256, _, _], "segmentation", "[1, 2 to 256 classes, rows, columns]", shape);
        (ClassCount, _rows, _columns) = ((int)shape[1], (int)shape[2], (int)shape[3]);
        (_inputWidth, _inputHeight) = (inputWidth, inputHeight);
        _best = new PlaneMaximum(_rows * _columns);
    }

    public int ClassCount { get; }

    public void Decode(BoundTensor output, Letterbox letterbox, SegmentationMap map)
    {
        var planes = output.ReadFloats();
        _best.Reset(float.NegativeInfinity);
        for (var plane = 0; plane < ClassCount; plane++)
        {
            _best.Keep(planes.Slice(plane * _rows * _columns, _rows * _columns), plane);
        }

        var (left, width) = Used(letterbox.OffsetX, letterbox.UsedWidth, _inputWidth, _columns);
        var (top, height) = Used(letterbox.OffsetY, letterbox.UsedHeight, _inputHeight, _rows);
        var cells = map.Resize(width, height);
        for (var y = 0; y < height; y++)
        {
            var row = _best.Planes.Slice((top + y) * _columns + left, width);
            for (var x = 0; x < width; x++)
            {
                cells[y * width + x] = (byte)row[x];
            }
        }

        map.Count(ClassCount);
    }

    /// <summary>First and number of the cells that lie on the picture; a crop's offset is below 0 and covers everything.</summary>
    private static (int First, int Count) Used(float offset, int used, int input, int cells)
    {
        var first = Math.Min((int)(Math.Max(0, offset) * cells / input), cells - 1);
        return (first, Math.Clamp((int)MathF.Round((float)used * cells / input), 1, cells - first));
    }
}
