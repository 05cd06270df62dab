using EdgeVision.Onnx;
using EdgeVision.Packaging;

namespace EdgeVision.Compression;

/// <summary>The model that shall become smaller: its package, and its network in floats as a graph.</summary>
internal sealed class FloatSubject
{
    public const string Variant = "fp32";

    private FloatSubject(ModelPackage package, byte[] onnx, OnnxModel model)
    {
        Package = package;
        Onnx = onnx;
        Model = model;
        Digest = WorkFolder.DigestOf(onnx);
    }

    /// <summary>With the float variant chosen.</summary>
    public ModelPackage Package { get; }

    public Manifest Manifest => Package.Manifest;

    /// <summary>The float network's file.</summary>
    public byte[] Onnx { get; }

    /// <summary>The same as a graph; cleaned in place.</summary>
    public OnnxModel Model { get; }

    /// <summary>SHA-256 of <see cref="Onnx"/>.</summary>
    public string Digest { get; }

    public string Name => Package.PathOf(Package.ModelFile);

    /// <summary>Lengths of the input as the manifest promises them, an open batch as 1.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<long>> InputShapes => Manifest.Io.Inputs.ToDictionary(
        input => input.Name, IReadOnlyList<long> (input) => [.. input.Shape.Select((length, axis) => length < 0 && axis == 0 ? 1L : length)], StringComparer.Ordinal);

    /// <exception cref="PackageException">No such package.</exception>
    /// <exception cref="CompressionException">Quantized already, or in half precision.</exception>
    /// <exception cref="OnnxException">Not a network.</exception>
    public static FloatSubject Open(string directory)
    {
        var package = ModelPackage.Open(directory);
        package = package.Variants.Contains(Variant) ? package.Select(Variant) : package;
        var onnx = package.Read(package.ModelFile);
        var model = OnnxModel.Load(onnx, package.PathOf(package.ModelFile));
        GraphCleanup.RequireFloat(model);
        var verdict = OnnxWalker.Check(onnx, OnnxLimits.Of(package.Manifest));
        return !verdict.IsOk ? throw new CompressionException(verdict.Describe(package.PathOf(package.ModelFile)))
            : verdict.Precision == "fp16" ? throw new CompressionException($"{package.PathOf(package.ModelFile)} is in half precision: give the package of the float32 network that it was made from.")
            : new FloatSubject(package, onnx, model);
    }
}
