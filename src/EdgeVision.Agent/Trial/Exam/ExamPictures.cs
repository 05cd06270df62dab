using EdgeVision.Imaging;

namespace EdgeVision.Agent;

/// <summary>Pictures that no camera should give and one day does: a lens cap, the sun, a broken line, noise. A network must answer them with numbers.</summary>
/// <remarks>Always the same. One at a time: each is painted over the one before.</remarks>
internal sealed class ExamPictures
{
    private const int Seed = 20260817;
    private static readonly (string Name, Action<Span<byte>> Paint)[] All =
    [
        ("black", pixels => pixels.Clear()),
        ("white", pixels => pixels.Fill(255)),
        ("grey", pixels => pixels.Fill(128)),
        ("saturated", pixels => Every(pixels, 3, i => i == 0 ? byte.MaxValue : byte.MinValue)),
        ("stripes of one pixel", pixels => Every(pixels, 6, i => i < 3 ? byte.MinValue : byte.MaxValue)),
        ("noise", pixels => new Random(Seed).NextBytes(pixels)),
    ];

    private readonly FramePool _pool = new("exam", new ImageLayout(PixelFormat.Bgr24, 640, 352), capacity: 1);

    public IEnumerable<(string Name, Frame Frame)> Each()
    {
        foreach (var (name, paint) in All)
        {
            using var frame = _pool.TryRent()!;
            paint(frame.Pixels);
            yield return (name, frame);
        }
    }

    private static void Every(Span<byte> pixels, int period, Func<int, byte> value)
    {
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = value(i % period);
        }
    }
}
