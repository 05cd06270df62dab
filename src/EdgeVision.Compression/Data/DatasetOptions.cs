using EdgeVision.Packaging;

namespace EdgeVision.Compression;

/// <summary>How a data set is read.</summary>
public sealed record DatasetOptions
{
    /// <summary>The model's classes in its order; what the set calls its classes is looked up here. Empty = no model: the set's own names are the classes, in natural order.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Other names for classes, on both sides: with car, truck and bus each = vehicle, a model's trucks may hit what the set calls cars.</summary>
    public IReadOnlyDictionary<string, string> Aliases { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the labels of a list (<c>file,label</c>) are what is written in the pictures. Default false: classes.</summary>
    public bool IsText { get; init; }

    /// <summary>Where the pictures lie when not where the form says; null = there.</summary>
    public string? Pictures { get; init; }

    /// <summary>File of class names, one a line, for forms that number their classes; null = the one that lies beside them, or the model's order.</summary>
    public string? ClassNames { get; init; }

    /// <summary>Pictures that are taken, spread evenly over the set; 0 = all.</summary>
    public int Limit { get; init; }

    /// <summary>Whether truth is left aside: pictures alone. Default false.</summary>
    public bool PicturesOnly { get; init; }

    /// <summary>Whether boxes without area are kept for whoever asks to judge, instead of refusing the set. Default false.</summary>
    public bool KeepFlawed { get; init; }

    /// <summary>As a model needs it: its labels, and text where it reads.</summary>
    public static DatasetOptions For(ModelPackage package) => new() { Labels = package.ReadLabels(), IsText = package.Manifest.Decode.Decoder == "ctc" };
}
