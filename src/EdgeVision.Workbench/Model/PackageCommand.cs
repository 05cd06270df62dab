using System.CommandLine;
using EdgeVision.Compression;
using EdgeVision.Packaging;

namespace EdgeVision.Workbench;

/// <summary><c>model package</c>: an ONNX file becomes a package, so that nobody has to write digests and tensor shapes by hand.</summary>
internal static class PackageCommand
{
    private static readonly Option<string> Network = new("--network") { Description = "the ONNX file", Required = true, HelpName = "FILE" };
    private static readonly Option<string?> Labels = new("--labels") { Description = "text file, one class a line", HelpName = "FILE" };
    private static readonly Option<string> Name = new("--name") { Description = "the model's name: a-z 0-9 . _ -", Required = true, HelpName = "NAME" };
    private static readonly Option<string?> Like = new("--like") { Description = "a package whose pre-processing, decoder, gates and labels are taken over", HelpName = "DIR" };
    private static readonly Option<string?> Decoder = new("--decoder") { Description = "yolox, yolov5, yolov8, ssd, ssd-priors, fastestdet, softmax, logits, ctc, segmentation or none", HelpName = "DECODER" };
    private static readonly Option<string?> Channels = new("--channels") { Description = "bgr, rgb or gray", HelpName = "ORDER" };
    private static readonly Option<string?> Resize = new("--resize") { Description = "letterbox, stretch or centre-crop", HelpName = "MODE" };
    private static readonly Option<int?> ShortSide = new("--short-side") { Description = "centre-crop: pixels the short side is scaled to", HelpName = "N" };
    private static readonly Option<bool> Antialias = new("--antialias") { Description = "shrink as Pillow and torchvision do, not as OpenCV does" };
    private static readonly Option<int?> Padding = new("--padding") { Description = "letterbox: grey of the padding, 0 to 255", HelpName = "N" };
    private static readonly Option<float[]> Mean = Numbers("--mean", "one number a channel in pixel values, as in --mean 104 117 123");
    private static readonly Option<float[]> Std = Numbers("--std", "one number a channel in pixel values");
    private static readonly Option<float?> MinConfidence = new("--min-confidence") { Description = "detections below are not reported, 0 to 1", HelpName = "SHARE" };
    private static readonly Option<float?> Iou = new("--iou") { Description = "IoU from which boxes count as the same, 0 to 1", HelpName = "SHARE" };

    public static Command Create()
    {
        var command = new Command("package", "make a package from an ONNX file: inputs and outputs are read from it, digests are computed")
        {
            Network, Labels, Name, ModelOptions.Version, ModelOptions.Counter, Like, Decoder, Channels, Resize, ShortSide, Antialias, Padding, Mean, Std, MinConfidence, Iou, ModelOptions.Output, ModelOptions.Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static void Run(ParseResult arguments)
    {
        var output = arguments.GetRequiredValue(ModelOptions.Output);
        ModelOptions.RequireFree(output);
        var like = arguments.GetValue(Like) is { } folder ? ModelPackage.Open(folder) : null;
        var file = arguments.GetRequiredValue(Network);
        var draft = new NetworkPackage(file, File.ReadAllBytes(file), LabelsOf(arguments, like));
        var manifest = draft.Describe(
            arguments.GetRequiredValue(Name),
            arguments.GetValue(ModelOptions.Version) ?? throw new CompressionException("--version is missing: give the package's version, like 1.0.0."),
            arguments.GetValue(ModelOptions.Counter) ?? 1,
            PreprocessOf(arguments, like?.Manifest.Preprocess ?? new ManifestPreprocess()),
            DecodeOf(arguments, like?.Manifest.Decode),
            like?.Manifest);
        var package = draft.Write(output, manifest);
        Console.WriteLine(arguments.GetValue(ModelOptions.Json)
            ? PackageJson.Of(package)
            : $"made {Path.GetFullPath(output)}: {package.Manifest.Model} {package.Manifest.Version}, counter {package.Manifest.Counter}, manifest {package.Digest}");
    }

    private static byte[]? LabelsOf(ParseResult arguments, ModelPackage? like) =>
        arguments.GetValue(Labels) is { } file ? File.ReadAllBytes(file) : like?.Manifest.FileOf("labels") is { } labels ? like.Read(labels) : null;

    private static ManifestPreprocess PreprocessOf(ParseResult arguments, ManifestPreprocess start) => start with
    {
        Channels = arguments.GetValue(Channels) ?? start.Channels,
        Resize = arguments.GetValue(Resize) ?? start.Resize,
        ShortSide = arguments.GetValue(ShortSide) ?? start.ShortSide,
        Antialias = arguments.GetValue(Antialias) || start.Antialias,
        Padding = arguments.GetValue(Padding) ?? start.Padding,
        Mean = arguments.GetValue(Mean) is { Length: > 0 } mean ? mean : start.Mean,
        Std = arguments.GetValue(Std) is { Length: > 0 } std ? std : start.Std,
    };

    private static ManifestDecode DecodeOf(ParseResult arguments, ManifestDecode? like)
    {
        var decoder = arguments.GetValue(Decoder) ?? like?.Decoder
            ?? throw new CompressionException("Nothing says how the network's outputs are to be read: give --decoder (softmax, logits, yolox, ...), or --like DIR with a package of the same kind.");
        var start = like ?? new ManifestDecode { Decoder = decoder };
        return start with { Decoder = decoder, MinConfidence = arguments.GetValue(MinConfidence) ?? start.MinConfidence, Iou = arguments.GetValue(Iou) ?? start.Iou };
    }

    private static Option<float[]> Numbers(string name, string description) => new(name) { Description = description, AllowMultipleArgumentsPerToken = true, HelpName = "N", DefaultValueFactory = _ => [] };
}
