using EdgeVision.Imaging;

namespace EdgeVision.Trainer.Tests;

/// <summary>A folder in which a test writes pictures of its own.</summary>
internal sealed class PictureSet : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public string Path => _directory.Path;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Pictures with a pattern each that its number alone decides; no two look alike.</summary>
    public PictureSet Patterns(string folder, int first, int count, int width = 96, int height = 64)
    {
        for (var i = first; i < first + count; i++)
        {
            using var frame = Pattern(i, width, height);
            Write($"{folder}/{i}.png", ImageCodec.EncodePng(frame));
        }

        return this;
    }

    public PictureSet Write(string name, ReadOnlySpan<byte> bytes)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(File(name))!);
        System.IO.File.WriteAllBytes(File(name), bytes);
        return this;
    }

    public PictureSet Text(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    public QualityReport Judge(DataWish? wish = null, int threads = 2) =>
        QualityCheck.Run(Surveyor.Survey((wish ?? new DataWish { Data = Path }).Sources(), wish?.Classes ?? [], threads), stop: TestContext.Current.CancellationToken);

    public void Dispose() => _directory.Dispose();

    /// <summary>Six waves by lot.</summary>
    public static Frame Pattern(int number, int width, int height)
    {
        var random = RandomStream.For(7, number);
        var waves = Enumerable.Range(0, 6).Select(_ => (X: random.Between(-3, 3), Y: random.Between(-3, 3), Phase: random.NextFloat())).ToArray();
        var frame = new FramePool("test", new ImageLayout(PixelFormat.Bgr24, width, height), capacity: 1).TryRent()!;
        for (var i = 0; i < width * height; i++)
        {
            var (x, y) = ((float)(i % width) / width, (float)(i / width) / height);
            frame.Pixels.Slice(3 * i, 3).Fill((byte)(128 + 20 * waves.Sum(wave => MathF.Cos(2 * MathF.PI * (wave.X * x + wave.Y * y + wave.Phase)))));
        }

        return frame;
    }
}
