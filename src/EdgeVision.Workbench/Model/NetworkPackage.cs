using EdgeVision.Compression;
using EdgeVision.Inference;
using EdgeVision.Packaging;

namespace EdgeVision.Workbench;

/// <summary>A package drafted from an ONNX file: what the file says of its tensors becomes <c>io</c>, the rest is told.</summary>
/// <remarks>The written package is loaded as the device would load it before it gets its name, so that a wrong decoder or label count is found here and not there.</remarks>
internal sealed class NetworkPackage
{
    private const string NetworkName = "model.onnx", LabelsName = "labels.txt";

    private readonly Dictionary<string, byte[]> _contents = [];
    private readonly ManifestIo _io;

    /// <exception cref="CompressionException">A file that a device would refuse.</exception>
    /// <exception cref="InferenceException">ONNX Runtime refuses it, or a tensor that no manifest can name.</exception>
    public NetworkPackage(string file, byte[] onnx, byte[]? labels)
    {
        var verdict = OnnxWalker.Check(onnx, new OnnxLimits());
        if (!verdict.IsOk)
        {
            throw new CompressionException(verdict.Describe(file));
        }

        using var network = TensorNetwork.Open(onnx, file);
        _io = new ManifestIo([.. network.Inputs.Select(value => Promise(file, value))], [.. network.Outputs.Select(value => Promise(file, value))]);
        _contents.Add(NetworkName, onnx);
        if (labels is not null)
        {
            _contents.Add(LabelsName, labels);
        }
    }

    public Manifest Describe(string name, string version, long counter, ManifestPreprocess preprocess, ManifestDecode decode, Manifest? like) => new()
    {
        Schema = Manifest.CurrentSchema,
        Model = name,
        Version = version,
        Counter = counter,
        Files = [.. _contents.Keys.Select(file => new ManifestFile(file == NetworkName ? "model" : "labels", file, 0, ""))],
        Io = _io,
        Preprocess = preprocess,
        Decode = decode,
        Requires = like?.Requires ?? new ManifestRequirements(),
        Gates = like?.Gates ?? new ManifestGates(),
    };

    /// <exception cref="InferenceException">The device would not load it.</exception>
    public ModelPackage Write(string directory, Manifest manifest)
    {
        using var draft = new DraftDirectory(directory);
        using (VisionModel.Load(PackageWriter.Write(draft.Path, manifest, _contents), new InferenceOptions { Providers = ["cpu"] }))
        {
        }

        draft.Publish();
        return ModelPackage.Open(directory);
    }

    private static ManifestTensor Promise(string file, NetworkValue value) => new(
        value.Name,
        value.Type switch { 1 => "float32", 2 => "uint8", 7 => "int64", 10 => "float16", var other => throw new InferenceException($"{file}: '{value.Name}' has the element type {other}; a device feeds and reads float32, float16, uint8 and int64: export the network with these.") },
        value.Shape);
}
