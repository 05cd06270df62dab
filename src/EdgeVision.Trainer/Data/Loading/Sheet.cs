using EdgeVision.Imaging;

namespace EdgeVision.Trainer;

/// <summary>Tiles of one size in rows and columns, with boxes and labels, as one picture.</summary>
internal sealed class Sheet : IDisposable
{
    private const byte Paper = 32;
    private const float Tint = 0.5f;
    private const float Letters = 13;

    private readonly TensorSpec _spec;
    private readonly int _zoom;
    private readonly int _gap;
    private readonly Frame _frame;
    private readonly Detections _truths = new();

    /// <param name="zoom">Whole number of pixels for each, so that small pictures can be seen as they are.</param>
    public Sheet(TensorSpec spec, int rows, int columns, int zoom, int gap)
    {
        (_spec, _zoom, _gap) = (spec, zoom, gap);
        var layout = new ImageLayout(PixelFormat.Bgr24, gap + columns * (spec.Width * zoom + gap), gap + rows * (spec.Height * zoom + gap));
        _frame = new FramePool(nameof(Sheet), layout, capacity: 1).TryRent()!;
        _frame.Pixels.Fill(Paper);
    }

    /// <summary>A batch as a column. Its pixels are 0 to 255: grey, or blue, green, red.</summary>
    public void Add(Batch batch, int column, IReadOnlyList<string> classes)
    {
        for (var row = 0; row < batch.Count; row++)
        {
            var (left, top) = (_gap + column * (_spec.Width * _zoom + _gap), _gap + row * (_spec.Height * _zoom + _gap));
            Paint(batch, row, left, top);
            foreach (var box in batch.Boxes[row])
            {
                _truths.Add(new BoundingBox(left + box.X1 * _zoom, top + box.Y1 * _zoom, left + box.X2 * _zoom, top + box.Y2 * _zoom), 1, box.Class);
            }

            if (batch.Labels[row] >= 0)
            {
                var likeliest = batch.SoftLabels.Slice(row * classes.Count, classes.Count);
                _truths.Add(new BoundingBox(left, top, left + _spec.Width * _zoom, top + _spec.Height * _zoom), 1, System.Numerics.Tensors.TensorPrimitives.IndexOfMax(likeliest));
            }
        }
    }

    public byte[] ToPng(IReadOnlyList<string> classes) => Annotator.DrawPng(_frame, _truths, classes, Letters);

    public void Dispose() => _frame.Dispose();

    private void Paint(Batch batch, int index, int left, int top)
    {
        var area = _spec.Width * _spec.Height;
        var pixels = _frame.Pixels;
        var values = batch.Pixels.Slice(index * _spec.Length, _spec.Length);
        for (var i = 0; i < area * _zoom * _zoom; i++)
        {
            var (x, y) = (i % (_spec.Width * _zoom), i / (_spec.Width * _zoom));
            var from = y / _zoom * _spec.Width + x / _zoom;
            var isMarked = batch.HasMasks && batch.Masks[index * area + from] is > 0 and < Batch.NoMask;
            for (var channel = 0; channel < 3; channel++)
            {
                var value = values[channel % _spec.ChannelCount * area + from];
                pixels[(top + y) * _frame.Layout.Stride + 3 * (left + x) + channel] = (byte)Math.Clamp(isMarked ? Tint * value + (channel == 2 ? Tint * 255 : 0) : value, 0, 255);
            }
        }
    }
}
