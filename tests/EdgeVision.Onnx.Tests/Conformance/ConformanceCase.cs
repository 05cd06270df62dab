using EdgeVision.Onnx.Schema;
using Microsoft.ML.OnnxRuntime;

namespace EdgeVision.Onnx.Tests;

/// <summary>One of ONNX's own tests: a model and the inputs it is tried with.</summary>
internal sealed class ConformanceCase(string folder)
{
    private const int Tensor = 1;

    /// <summary>Where Debian's package libonnx-testdata puts all of them.</summary>
    private const string InFull = "/usr/share/libonnx-testdata/data";

    public string Name => Path.GetFileName(folder);

    public byte[] Model { get; } = File.ReadAllBytes(Path.Combine(folder, "model.onnx"));

    /// <summary>The hundred that were picked for cameras.</summary>
    public static IReadOnlyList<ConformanceCase> Picked() => In(TestData.Require("onnx_conformance/node"));

    /// <summary>All of ONNX 1.12; a test that asks is skipped where the package is not installed.</summary>
    public static IReadOnlyList<ConformanceCase> All()
    {
        Assert.SkipUnless(Directory.Exists(InFull), "ONNX's tests in full are missing: apt-get install libonnx-testdata");
        return [.. Directory.GetDirectories(InFull).Order(StringComparer.Ordinal).SelectMany(In)];
    }

    /// <summary>Null where an input is no tensor: sequences and optional values are no business of a camera.</summary>
    public IReadOnlyList<TensorProto>? Inputs()
    {
        var types = ModelProto.Parser.ParseFrom(Model).Graph.Input.Select(input => input.Type.ValueCase).ToArray();
        var files = Directory.GetFiles(Path.Combine(folder, "test_data_set_0"), "input_*.pb").OrderBy(file => int.Parse(Path.GetFileNameWithoutExtension(file)["input_".Length..], null)).ToArray();
        return types.All(type => (int)type == Tensor) ? [.. files.Select(file => TensorProto.Parser.ParseFrom(File.ReadAllBytes(file)))] : null;
    }

    public static Dictionary<string, OrtValue> Bind(InferenceSession session, IReadOnlyList<TensorProto> inputs) =>
        session.InputNames.Zip(inputs).ToDictionary(pair => pair.First, pair => Network.ValueOf(pair.Second));

    private static IReadOnlyList<ConformanceCase> In(string parent) =>
        [.. Directory.GetDirectories(parent).Where(folder => Directory.Exists(Path.Combine(folder, "test_data_set_0"))).Order(StringComparer.Ordinal).Select(folder => new ConformanceCase(folder))];
}
