using EdgeVision.Imaging;
using EdgeVision.Inference;
using EdgeVision.Packaging;
using EdgeVision.Testing;

namespace EdgeVision.Planted;

/// <summary>A planted model as a package: labels, manifest with gates, and the golden set that its reference answered.</summary>
public static class PlantedPackage
{
    private const string ModelFile = "model.onnx", LabelFile = "labels.txt", GoldenFile = "golden.bin";

    public static ModelPackage Write(string folder, PlantedModel model) => Write(folder, model, new KeyValuePair<string?, byte[]>(null, model.Network));

    /// <summary>One package with several forms of a network, and the golden set of <paramref name="model"/>.</summary>
    public static ModelPackage Write(string folder, PlantedModel model, params IReadOnlyList<KeyValuePair<string?, byte[]>> variants) => Write(folder, model.Base, variants, Gates(model), Golden(model));

    /// <summary>The base as it is: the model in service.</summary>
    public static ModelPackage WriteBase(string folder, BaseModel model) => Write(folder, model, [new(null, model.Network)], new ManifestGates(), null);

    private static ManifestGates Gates(PlantedModel model) => new()
    {
        MemoryMiB = model.MemoryMiB,
        Golden = new GoldenGate { MinTop1 = 0.95, MaxScoreDelta = model.MaxScoreDelta },
        Shadow = new ShadowGate { MinFrames = 40, MinMinutes = 0.05 },
        Probation = new ProbationGate { MinFrames = 60, MinMinutes = 0.05 },
    };

    private static ModelPackage Write(string folder, BaseModel model, IReadOnlyList<KeyValuePair<string?, byte[]>> networks, ManifestGates gates, GoldenSet? golden)
    {
        var files = new Dictionary<string, byte[]> { [LabelFile] = model.Package.Read(model.Package.Manifest.FileOf("labels")!) };
        var described = new List<ManifestFile> { new("labels", LabelFile, 0, "") };
        foreach (var (variant, network) in networks)
        {
            var name = variant is null ? ModelFile : $"{variant}.onnx";
            files[name] = network;
            described.Add(new ManifestFile("model", name, 0, "") { Variant = variant });
        }

        if (golden is not null)
        {
            files[GoldenFile] = golden.Write();
            described.Add(new ManifestFile(GoldenSet.Role, GoldenFile, 0, ""));
        }

        return PackageWriter.Write(folder, model.Package.Manifest with { Version = "1.1.0", Counter = 2, Files = described, Gates = gates }, files);
    }

    private static GoldenSet Golden(PlantedModel model)
    {
        using var folder = new TemporaryDirectory();
        using var reference = VisionModel.Load(Write(folder.Path, model.Base, [new(null, model.Reference)], new ManifestGates(), null), new InferenceOptions());
        var result = new VisionResult();
        var isDetector = model.Base.Package.Manifest.Decode.Decoder is not ("softmax" or "logits");
        return new GoldenSet(isDetector ? GoldenKind.Boxes : GoldenKind.Classes, [.. model.Base.Golden.Select(picture => Answer(reference, picture, result))]);
    }

    private static GoldenFrame Answer(VisionModel reference, NamedPicture picture, VisionResult result)
    {
        using var frame = ImageCodec.Decode(picture.Encoded, picture.Name);
        reference.Infer(frame, result);
        var answers = result.Classes.Select(score => new GoldenAnswer(score.ClassId, Math.Min(score.Confidence, 1))).ToList();
        for (var i = 0; i < result.Detections.Count; i++)
        {
            var box = result.Detections.Boxes[i];
            answers.Add(new GoldenAnswer(result.Detections.ClassIds[i], result.Detections.Confidences[i], box.X1, box.Y1, box.X2, box.Y2));
        }

        return new GoldenFrame(picture.Name, picture.Encoded, answers);
    }
}
