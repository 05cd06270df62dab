using EdgeVision.Imaging;

namespace EdgeVision.Trainer.Tests.Training;

/// <summary>Pictures of 64x64: one or two squares over grey noise, blue ones (class 0) and red ones (class 1), with their boxes.</summary>
internal sealed class DrawnSquares
{
    public const int Size = 64, Classes = 2;

    public static readonly TensorSpec Spec = new() { Width = Size, Height = Size, Mean = [110, 110, 110], Std = [50, 50, 50] };

    private readonly List<(Frame Frame, VersionBox[] Boxes)> _pictures = [];

    public DrawnSquares(int count)
    {
        var pool = new FramePool("squares", new ImageLayout(PixelFormat.Bgr24, Size, Size), count);
        for (var i = 0; i < count; i++)
        {
            _pictures.Add(Draw(pool.TryRent()!, RandomStream.For(1, i)));
        }
    }

    public IReadOnlyList<(Frame Frame, VersionBox[] Boxes)> Pictures => _pictures;

    public Batch Batch()
    {
        var batch = new Batch(Spec, _pictures.Count, Classes);
        batch.Reset(_pictures.Count);
        var toTensor = new ImageToTensor(Spec);
        for (var i = 0; i < _pictures.Count; i++)
        {
            toTensor.Convert(_pictures[i].Frame, batch.Pixels.Slice(i * Spec.Length, Spec.Length));
            batch.Boxes[i].AddRange(_pictures[i].Boxes);
        }

        return batch;
    }

    private static (Frame Frame, VersionBox[] Boxes) Draw(Frame frame, RandomStream random)
    {
        foreach (ref var value in frame.Pixels)
        {
            value = (byte)(90 + random.Next(40));
        }

        // One in the left half and mostly one in the right, so that none hides another.
        var boxes = Enumerable.Range(0, 1 + random.Next(2)).Select(half => Box(half, random)).ToArray();
        foreach (var box in boxes)
        {
            for (var y = (int)box.Y1; y < box.Y2; y++)
            {
                for (var x = (int)box.X1; x < box.X2; x++)
                {
                    frame.Pixels[(y * Size + x) * 3 + 2 * box.Class] = 255;
                }
            }
        }

        return (frame, boxes);
    }

    private static VersionBox Box(int half, RandomStream random)
    {
        var side = 10 + random.Next(20);
        var (left, top) = (half * Size / 2 + random.Next(Size / 2 - side), random.Next(Size - side));
        return new VersionBox(random.Next(Classes), left, top, left + side, top + side);
    }
}
