using System.Runtime.InteropServices;
using EdgeVision.Compression;
using EdgeVision.Imaging;
using EdgeVision.Inference;
using EdgeVision.Onnx;
using EdgeVision.Packaging;
using EdgeVision.Trainer.Layers;
using EdgeVision.Trainer.Storage;
using DataType = EdgeVision.Onnx.Schema.TensorProto.Types.DataType;

namespace EdgeVision.Trainer.Training;

/// <summary>An earlier network whose weights another one begins with (transfer learning): every tensor of the same name and shape.</summary>
internal sealed class Donor
{
    private const int Shown = 6;

    private readonly Dictionary<string, StoredTensor> _tensors;
    private readonly string _path;

    private Donor(string path, Dictionary<string, StoredTensor> tensors) => (_path, _tensors) = (path, tensors);

    /// <summary>How it sees pictures, which its weights are used to; null where the file does not say.</summary>
    public TensorSpec? Input { get; private init; }

    /// <summary>The command lines that it was made by, each with an end of line; empty where the file does not say.</summary>
    public string Command { get; private init; } = "";

    /// <param name="path">Folder of a run that is done or of a model package, a safetensors file, or an ONNX file, whose initializers bear the layers' names.</param>
    /// <exception cref="TrainerException">Nothing to begin with is there.</exception>
    /// <exception cref="OnnxException">A broken ONNX file.</exception>
    /// <exception cref="PackageException">A broken package.</exception>
    public static Donor Open(string path)
    {
        if (File.Exists(Path.Combine(path, ModelPackage.ManifestName)))
        {
            return OfPackage(path);
        }

        if (Directory.Exists(path))
        {
            var (folder, run, _) = RunFolder.OpenDone(path);
            return new Donor(path, SafetensorsFile.Read(folder.Weights).Tensors) { Input = run.Input, Command = run.Settings.Command + "\n" };
        }

        return path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase) ? new Donor(path, TensorsOf(LimitedFile.Read(path), path)) : new Donor(path, SafetensorsFile.Read(path).Tensors);
    }

    /// <summary>Names of the tensors that the network takes over.</summary>
    /// <exception cref="TrainerException">None, so that nothing would be transferred.</exception>
    public IReadOnlyList<string> GiftsFor(LayerGraph graph)
    {
        string[] gifts = [.. graph.Parameters.Where(parameter => _tensors.TryGetValue(parameter.Name, out var tensor) && tensor.Type == "F32" && tensor.Shape.SequenceEqual(parameter.Spec.Shape)).Select(parameter => parameter.Name)];
        return gifts.Length > 0 ? gifts : throw new TrainerException(
            $"{_path} has no tensor of {graph.Name}: it has {string.Join(", ", _tensors.Keys.Order(StringComparer.Ordinal).Take(Shown))} ..., {graph.Name} has {string.Join(", ", graph.Parameters.Take(Shown).Select(parameter => parameter.Name))} ... "
            + "Names and shapes must be the same: train the same --model and --width.");
    }

    public void GiveTo(Network network)
    {
        foreach (var name in GiftsFor(network.Graph))
        {
            network.Write(name, MemoryMarshal.Cast<byte, float>(_tensors[name].Data));
        }
    }

    // The variant with most floats: those in 8 bits have none left.
    private static Donor OfPackage(string path)
    {
        var package = ModelPackage.Open(path);
        var tensors = package.Variants.Select(package.Select).Select(chosen => TensorsOf(chosen.Read(chosen.ModelFile), chosen.ModelFile.Name)).MaxBy(found => found.Values.Sum(tensor => (long)tensor.Data.Length))!;
        return new Donor(path, tensors) { Input = PreprocessSpec.Of(package.Manifest.Preprocess, 0, 0, TensorType.Float32) };
    }

    private static Dictionary<string, StoredTensor> TensorsOf(byte[] onnx, string path)
    {
        var model = OnnxModel.Load(onnx, path);
        return model.Graph.Proto.Initializer.Where(tensor => tensor.TypeOf() == DataType.Float)
            .ToDictionary(tensor => Renamed(tensor.Name), tensor => new StoredTensor("F32", [.. tensor.Dims], MemoryMarshal.AsBytes<float>(tensor.ReadFloats()).ToArray()), StringComparer.Ordinal);
    }

    /// <summary>As layers here are called. Example: Caffe2's fire2/squeeze1x1_w_0 is fire2.squeeze1x1.weight.</summary>
    private static string Renamed(string name) => name switch
    {
        _ when name.EndsWith("_w_0", StringComparison.Ordinal) => $"{name[..^4].Replace('/', '.')}.weight",
        _ when name.EndsWith("_b_0", StringComparison.Ordinal) => $"{name[..^4].Replace('/', '.')}.bias",
        _ => name,
    };
}
