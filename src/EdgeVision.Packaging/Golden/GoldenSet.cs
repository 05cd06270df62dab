namespace EdgeVision.Packaging;

/// <summary>Pictures and the answers that the model gave them where it was released: what a device holds its own answers against.</summary>
/// <remarks>
/// The file <c>golden.bin</c> of a package, role <c>golden</c>. At most <see cref="MaxFrames"/> frames and <see cref="MaxBytes"/> bytes, each picture a PNG or JPEG of at most
/// <see cref="MaxPictureBytes"/>, at most <see cref="MaxAnswers"/> answers each; all numbers little-endian. Immutable, any thread.
/// </remarks>
/// <param name="Kind">What kind of answers.</param>
public sealed record GoldenSet(GoldenKind Kind, IReadOnlyList<GoldenFrame> Frames)
{
    public const string Role = "golden";
    public const int MaxFrames = 1024;
    public const int MaxBytes = 64 << 20;
    public const int MaxPictureBytes = 8 << 20;
    public const int MaxAnswers = 1000;

    /// <param name="bytes">The file; the pictures of the set are parts of it, not copies.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="PackageException">Not a golden set, cut short, or beyond a limit.</exception>
    public static GoldenSet Read(ReadOnlyMemory<byte> bytes, string name) => new GoldenReader(bytes, name).Read();

    /// <summary>The same set always gives the same bytes.</summary>
    /// <exception cref="PackageException">The set is beyond a limit that <see cref="Read"/> would refuse it for.</exception>
    public byte[] Write() => GoldenWriter.Write(this);
}
