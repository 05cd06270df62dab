using System.Text;
using EdgeVision.Compression;
using EdgeVision.Imaging;
using EdgeVision.Packaging;
using EdgeVision.Trainer.Training;
using EdgeVision.Workbench;

namespace EdgeVision.Trainer;

/// <summary>A run that is done as a model package with its float network.</summary>
internal static class RunPackage
{
    /// <exception cref="EdgeVision.Inference.InferenceException">The device would not load it.</exception>
    public static ModelPackage Write(string onnx, RunDescription run, ReleaseRequest request, string version, long counter, string directory)
    {
        var draft = DraftOf(onnx, run);
        var manifest = draft.Describe(request.Name, version, counter, PreprocessOf(run.Input), DecodeOf(run.Kind), like: null);
        return draft.Write(directory, manifest with { Gates = request.Gates, Provenance = new ManifestProvenance(TrainingRun: Path.GetFileName(Path.TrimEndingDirectorySeparator(request.Run)), DatasetDigest: run.Data) });
    }

    /// <summary>The network and its labels, to be described.</summary>
    public static NetworkPackage DraftOf(string onnx, RunDescription run) => new(onnx, LimitedFile.Read(onnx), Encoding.UTF8.GetBytes(string.Join('\n', run.Classes) + "\n"));

    public static ManifestPreprocess PreprocessOf(TensorSpec input) => new()
    {
        Channels = input.Channels switch { ChannelOrder.Gray => "gray", ChannelOrder.Rgb => "rgb", _ => "bgr" },
        Resize = input.Resize switch { ResizeMode.Letterbox => "letterbox", ResizeMode.Stretch => "stretch", _ => "centre-crop" },
        Antialias = input.Antialias,
        Centred = input.Centred,
        ShortSide = input.ShortSide,
        Padding = input.Padding,
        Mean = [.. input.Mean],
        Std = [.. input.Std],
    };

    public static ManifestDecode DecodeOf(DatasetKind kind) => new() { Decoder = kind switch { DatasetKind.Boxes => "yolox", DatasetKind.Segments => "segmentation", _ => "logits" } };
}
