using System.Globalization;
using EdgeVision.Compression;
using EdgeVision.Imaging;
using EdgeVision.Trainer.Architectures;

namespace EdgeVision.Trainer.Training;

/// <summary>What input suits the pictures of a set.</summary>
internal static class InputSpec
{
    private const int MostOwn = 512, ClassSide = 224, BoxSide = 416, Least = 8, Most = 1_024;

    /// <summary>Not yet normalised. Pictures of one size up to 512 keep it, or the next larger that suits the network; else 224x224, or 416x416 for boxes. Boxes are letterboxed, because a stretched car is another car; all else is stretched.</summary>
    /// <exception cref="TrainerException">A size that is none.</exception>
    public static TensorSpec For(DatasetVersion version, RunSettings settings)
    {
        var isBoxed = version.Kind == DatasetKind.Boxes;
        var multiple = ArchitectureCatalog.MultipleOf(settings.Model);
        var (width, height) = settings.Size is { } size ? Parse(size) : OwnSize(version.Items, multiple) ?? (isBoxed ? (BoxSide, BoxSide) : (ClassSide, ClassSide));
        return new TensorSpec
        {
            Width = width, Height = height, Channels = version.IsGrey ? ChannelOrder.Gray : ChannelOrder.Rgb, Resize = isBoxed ? ResizeMode.Letterbox : ResizeMode.Stretch, Antialias = true,
        };
    }

    /// <summary>An input with the channels and the normalisation of another, because that is what its weights are used to.</summary>
    public static TensorSpec Like(TensorSpec used, TensorSpec spec) => spec with { Channels = used.Channels, Mean = used.Mean, Std = used.Std };

    private static (int Width, int Height)? OwnSize(IReadOnlyList<VersionItem> items, int multiple)
    {
        var (width, height) = (items[0].Width, items[0].Height);
        return Math.Max(width, height) <= MostOwn && items.All(item => (item.Width, item.Height) == (width, height))
            ? (ArchitectureCatalog.RoundUp(width, multiple), ArchitectureCatalog.RoundUp(height, multiple))
            : null;
    }

    private static (int Width, int Height) Parse(string size)
    {
        var sides = size.Split('x');
        return sides.Length is 1 or 2 && Side(sides[0]) is { } width && Side(sides[^1]) is { } height ? (width, height)
            : throw new TrainerException($"--size {size}: the input's width and height are {Least} to {Most} pixels, as in 224 or 416x256.");
    }

    private static int? Side(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var side) && side is >= Least and <= Most ? side : null;
}
