using System.Text.Json.Serialization;

namespace EdgeVision.Packaging;

/// <summary>What a model package says of itself: <c>manifest.json</c>, schema 1.</summary>
/// <remarks>
/// Read only through <see cref="ManifestReader"/>, which holds the limits: 256 KB, depth 16, 32 files, names <c>[a-z0-9._-]{1,64}</c>,
/// no duplicate keys, known schema. Unknown fields are ignored, so that an older daemon reads a newer manifest.
/// </remarks>
public sealed record Manifest
{
    public const int CurrentSchema = 1;

    public Manifest()
    {
    }

    // Because the source generator gives absent init properties default(T), the defaults come in through constructors, here and below.
    [JsonConstructor]
    internal Manifest(ManifestRequirements? requires = null, ManifestGates? gates = null)
    {
        Requires = requires ?? Requires;
        Gates = gates ?? Gates;
    }

    public required int Schema { get; init; }

    /// <summary>The model's name, <c>[a-z0-9._-]{1,64}</c>.</summary>
    public required string Model { get; init; }

    public required string Version { get; init; }

    /// <summary>Grows with every release of the model; what a rollback attack is told by.</summary>
    public long Counter { get; init; }

    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>A release is not installed after it; one in service goes on serving.</summary>
    public DateTimeOffset? Expires { get; init; }

    public required IReadOnlyList<ManifestFile> Files { get; init; }

    public ManifestRequirements Requires { get; init; } = new();

    /// <summary>What the network's file may hold, narrower than what this daemon allows; null = what the daemon allows.</summary>
    public ManifestOnnx? Onnx { get; init; }

    public required ManifestIo Io { get; init; }

    public required ManifestPreprocess Preprocess { get; init; }

    public required ManifestDecode Decode { get; init; }

    /// <summary>How the network was made smaller; for people.</summary>
    public ManifestQuant? Quant { get; init; }

    /// <summary>What the model must prove on the device before it may speak.</summary>
    public ManifestGates Gates { get; init; } = new();

    /// <summary>Where the model comes from; for people and auditors.</summary>
    public ManifestProvenance? Provenance { get; init; }

    /// <summary>The first file with this role, or null. The network of the chosen variant is <see cref="ModelPackage.ModelFile"/>.</summary>
    public ManifestFile? FileOf(string role) => Files.FirstOrDefault(file => file.Role == role);
}

/// <summary>The tensors of the network, as the package promises them; checked against the network when it is loaded.</summary>
public sealed record ManifestIo(IReadOnlyList<ManifestTensor> Inputs, IReadOnlyList<ManifestTensor> Outputs);

/// <param name="Type"><c>float32</c>, <c>uint8</c>, <c>float16</c>, <c>int64</c>.</param>
/// <param name="Shape">-1 = any length.</param>
public sealed record ManifestTensor(string Name, string Type, IReadOnlyList<int> Shape);

/// <summary>How a picture becomes the input tensor. value = (pixel - mean) / std, per channel, pixel 0 to 255.</summary>
public sealed record ManifestPreprocess
{
    public ManifestPreprocess()
    {
    }

    [JsonConstructor]
    internal ManifestPreprocess(
        string? layout = null, string? channels = null, string? resize = null, int padding = 114, IReadOnlyList<float>? mean = null, IReadOnlyList<float>? std = null)
    {
        Layout = layout ?? Layout;
        Channels = channels ?? Channels;
        Resize = resize ?? Resize;
        Padding = padding;
        Mean = mean ?? Mean;
        Std = std ?? Std;
    }

    /// <summary>Only <c>NCHW</c>.</summary>
    public string Layout { get; init; } = "NCHW";

    /// <summary><c>bgr</c>, <c>rgb</c> or <c>gray</c>.</summary>
    public string Channels { get; init; } = "bgr";

    /// <summary><c>letterbox</c>, <c>stretch</c> or <c>centre-crop</c>.</summary>
    public string Resize { get; init; } = "letterbox";

    /// <summary>Shrinking mixes all the pixels it covers (Pillow, torchvision) instead of the nearest two (OpenCV).</summary>
    public bool Antialias { get; init; }

    /// <summary>Letterbox: picture in the middle instead of top-left.</summary>
    public bool Centred { get; init; }

    /// <summary>Centre-crop: pixels the short side is scaled to; 0 = the input's own size.</summary>
    public int ShortSide { get; init; }

    /// <summary>Letterbox: grey of the padding, 0 to 255.</summary>
    public int Padding { get; init; } = 114;

    public IReadOnlyList<float> Mean { get; init; } = [0, 0, 0];

    public IReadOnlyList<float> Std { get; init; } = [1, 1, 1];
}

/// <summary>How the output tensors become answers.</summary>
public sealed record ManifestDecode
{
    public ManifestDecode()
    {
    }

    [JsonConstructor]
    internal ManifestDecode(
        float minConfidence = 0.25f, float iou = 0.45f, int topK = 5, IReadOnlyList<int>? strides = null, IReadOnlyList<IReadOnlyList<float>>? minBoxes = null)
    {
        MinConfidence = minConfidence;
        Iou = iou;
        TopK = topK;
        Strides = strides ?? Strides;
        MinBoxes = minBoxes ?? MinBoxes;
    }

    /// <summary>
    /// Detectors: <c>yolox</c>, <c>yolov5</c>, <c>yolov8</c>, <c>ssd-priors</c>, <c>ssd</c>, <c>fastestdet</c>.
    /// Classifiers: <c>softmax</c> (the network ends in it), <c>logits</c>. Text: <c>ctc</c>. A class for every place: <c>segmentation</c>. <c>none</c>: run, answer nothing.
    /// </summary>
    public required string Decoder { get; init; }

    /// <summary>Detections below are not reported unless the user asks for another limit. 0 to 1.</summary>
    public float MinConfidence { get; init; } = 0.25f;

    /// <summary>IoU above which non-maximum suppression drops the less sure box.</summary>
    public float Iou { get; init; } = 0.45f;

    /// <summary>Classifiers: how many classes are reported.</summary>
    public int TopK { get; init; } = 5;

    /// <summary>yolox: pixels of the input per cell of each map.</summary>
    public IReadOnlyList<int> Strides { get; init; } = [8, 16, 32];

    /// <summary>ssd-priors: side lengths in input pixels, one list per map.</summary>
    public IReadOnlyList<IReadOnlyList<float>> MinBoxes { get; init; } = [];

    /// <summary>ssd, ssd-priors: classes that mean "nothing" stand first in the scores; how many. 1 = index 0 is background.</summary>
    public int BackgroundClasses { get; init; }

    /// <summary>ctc: the class that means "no character here".</summary>
    public int Blank { get; init; }

    /// <summary>ctc: the network gives logits; false = probabilities.</summary>
    public bool Logits { get; init; }
}
