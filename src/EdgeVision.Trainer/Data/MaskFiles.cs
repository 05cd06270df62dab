using EdgeVision.Compression;
using EdgeVision.Imaging;

namespace EdgeVision.Trainer;

/// <summary>Masks as PNG files named like their pictures, in a folder of their own or beside them.</summary>
/// <remarks>A mask's grey value is the class of each pixel; a mask that reaches 128 is black and white, and white is class 1. Example: exp1_num_108719.jpg has exp1_num_108719.png.</remarks>
internal static class MaskFiles
{
    private const string Beside = "beside";

    // Nobody has as many classes, and soft edges lie between black and white.
    private const byte White = 128;

    /// <summary>The items of a source without those that are masks of others.</summary>
    public static IReadOnlyList<DatasetItem> Pictures(VersionSource source, IReadOnlyList<DatasetItem> items)
    {
        if (source.Masks != Beside)
        {
            return items;
        }

        var stems = items.Where(item => !IsPng(item.Name)).Select(item => Stem(item.Name)).ToHashSet(StringComparer.Ordinal);
        return [.. items.Where(item => !IsPng(item.Name) || !stems.Contains(Stem(item.Name)))];
    }

    /// <summary>The mask's file; null where the picture has none.</summary>
    public static string? PathOf(VersionSource source, string name, string? folder = null)
    {
        var root = source.Masks is null ? null : source.Masks == Beside ? source.Pictures ?? source.Path : source.Masks;
        return root is not null && Path.Combine(SourceReader.Full(root, folder), Stem(name) + ".png") is var path && File.Exists(path) ? path : null;
    }

    /// <summary>A class for each pixel, row by row, of a mask that has its picture's size.</summary>
    /// <exception cref="TrainerException">It has another size, or is no picture.</exception>
    public static byte[] Decode(ReadOnlySpan<byte> encoded, string path, int width, int height)
    {
        try
        {
            using var frame = ImageCodec.Decode(encoded, path);
            return (frame.Width, frame.Height) == (width, height) ? Classes(frame)
                : throw new TrainerException($"{path} is {frame.Width}x{frame.Height}, its picture {width}x{height}. A mask has its picture's size.");
        }
        catch (ImageException exception)
        {
            throw new TrainerException($"{exception.Message} Correct the mask or take it away.", exception);
        }
    }

    private static byte[] Classes(Frame frame)
    {
        var pixels = frame.Pixels;
        var classes = new byte[frame.Width * frame.Height];
        for (var i = 0; i < classes.Length; i++)
        {
            classes[i] = pixels[3 * i];
        }

        return classes.Max() < White ? classes : Array.ConvertAll(classes, value => value < White ? (byte)0 : (byte)1);
    }

    private static bool IsPng(string name) => name.EndsWith(".png", StringComparison.OrdinalIgnoreCase);

    private static string Stem(string name) => Path.ChangeExtension(name, null);
}
