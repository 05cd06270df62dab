using EdgeVision.Imaging;

namespace EdgeVision.Compression;

/// <summary>What is true of one picture; only what the set's <see cref="DatasetKind"/> names is filled.</summary>
/// <remarks>Example: a box (0.5, 0.5, 1, 1) of a relative truth is (320, 240, 640, 480) in a picture of 640x480. Immutable, any thread.</remarks>
public sealed record Truth
{
    /// <summary>Of a picture that nothing is known of.</summary>
    public static readonly Truth Unknown = new();

    /// <summary>Into <see cref="DatasetClasses.Names"/>; -1 = not known.</summary>
    public int ClassId { get; init; } = -1;

    public string Text { get; init; } = "";

    public IReadOnlyList<TrueBox> Boxes { get; init; } = [];

    /// <summary>Reads the class of each pixel, row by row, of the picture's size; what is no class of the set is not known. Null where there is none.</summary>
    public Func<byte[]>? Mask { get; init; }

    /// <summary>Whether boxes are given in shares of the picture's sides, because the set does not say how large its pictures are.</summary>
    public bool IsRelative { get; init; }

    /// <summary>The boxes in pixels of a picture of this size.</summary>
    public IReadOnlyList<TrueBox> BoxesIn(int width, int height) => IsRelative
        ? [.. Boxes.Select(truth => truth with { Box = new BoundingBox(truth.Box.X1 * width, truth.Box.Y1 * height, truth.Box.X2 * width, truth.Box.Y2 * height) })]
        : Boxes;
}
