using EdgeVision.Imaging;
using EdgeVision.Packaging;
using static EdgeVision.Testing.Protobuf;

namespace EdgeVision.Inference.Tests;

/// <summary>A network whose answers can be worked out by hand: the scores of red, green and blue are how much of the picture is red, green and blue.</summary>
/// <remarks>
/// <see cref="Mean"/>: the mean of each plane, 0 to 1. <see cref="Share"/>: that, divided by the sum of the three, which is 0 / 0 for a black picture.
/// Example: a picture of (200, 100, 100) has the shares 0.5, 0.25, 0.25.
/// </remarks>
internal static class ToyClassifier
{
    public static byte[] Mean { get; } = Network(Node("GlobalAveragePool", ["in"], "out"));

    public static byte[] Share { get; } = Network(
        Node("GlobalAveragePool", ["in"], "mean"), Node("ReduceSum", ["mean"], "sum", Message(5, Text(1, "axes"), Varint(8, 1), Varint(20, 7))), Node("Div", ["mean", "sum"], "out"));

    /// <summary>The mean, and as a second output each place's own colours.</summary>
    public static byte[] MeanAndPlaces { get; } =
        [.. Varint(1, 7), .. Import("", 11), .. Message(7, [.. Node("GlobalAveragePool", ["in"], "out"), .. Node("Identity", ["in"], "places"), .. Text(2, "toy"), .. Value(11, "in", 1, 3, 8, 8), .. Value(12, "out", 1, 3, 1, 1), .. Value(12, "places", 1, 3, 8, 8)])];

    /// <summary>The mean times four: more than any probability.</summary>
    public static byte[] TooSure { get; } = Network(Node("GlobalAveragePool", ["in"], "a"), Node("Add", ["a", "a"], "b"), Node("Add", ["b", "b"], "out"));

    /// <summary>Takes pictures of any size.</summary>
    public static byte[] OpenSize { get; } = Network([Node("GlobalAveragePool", ["in"], "out")], ir: 7, Import("", 11), height: 0);

    /// <summary>One of its values lies in another file.</summary>
    public static byte[] WeightsOutside { get; } = Network(
        Node("GlobalAveragePool", ["in"], "out"), Message(5, Varint(1, 1), Varint(2, 1), Text(8, "w"), Message(13, Text(1, "location"), Text(2, "../../etc/passwd")), Varint(14, 1)));

    public static Manifest Manifest { get; } = new()
    {
        Schema = 1,
        Model = "toy",
        Version = "1.0.0",
        Files = [new ManifestFile("model", "model.onnx", 0, ""), new ManifestFile("labels", "labels.txt", 0, "")],
        Io = new ManifestIo([new ManifestTensor("in", "float32", [1, 3, 8, 8])], [new ManifestTensor("out", "float32", [1, 3, 1, 1])]),
        Preprocess = new ManifestPreprocess { Channels = "rgb", Resize = "stretch", Std = [255, 255, 255] },
        Decode = new ManifestDecode { Decoder = "softmax", TopK = 3 },
    };

    public static ModelPackage Write(string folder, byte[] network, byte[]? golden = null, GoldenGate? gate = null, params ManifestTensor[] moreOutputs)
    {
        var files = new Dictionary<string, byte[]> { ["model.onnx"] = network, ["labels.txt"] = "red\ngreen\nblue\n"u8.ToArray() };
        if (golden is not null)
        {
            files["golden.bin"] = golden;
        }

        var manifest = Manifest with
        {
            Files = [.. Manifest.Files, .. golden is null ? [] : (ManifestFile[])[new ManifestFile("golden", "golden.bin", 0, "")]],
            Gates = new ManifestGates { Golden = gate ?? new GoldenGate() },
            Io = Manifest.Io with { Outputs = [.. Manifest.Io.Outputs, .. moreOutputs] },
        };
        return PackageWriter.Write(folder, manifest, files);
    }

    /// <summary>A JPEG of one colour.</summary>
    public static byte[] Picture(byte red, byte green, byte blue)
    {
        using var frame = new FramePool("colour", new ImageLayout(PixelFormat.Bgr24, 8, 8), capacity: 1).TryRent()!;
        for (var i = 0; i < frame.Pixels.Length; i += 3)
        {
            (frame.Pixels[i], frame.Pixels[i + 1], frame.Pixels[i + 2]) = (blue, green, red);
        }

        return ImageCodec.EncodeJpeg(frame, quality: 100);
    }

    /// <summary>The mean again, written for these versions.</summary>
    public static byte[] MeanOf(int ir, IEnumerable<KeyValuePair<string, int>> opsets) =>
        Network([Node("GlobalAveragePool", ["in"], "out")], ir, [.. opsets.SelectMany(pair => Import(pair.Key, pair.Value))]);

    // Operator set 11, the last in which ReduceSum has its axes as an attribute.
    private static byte[] Network(params byte[][] nodes) => Network(nodes, ir: 7, Import("", 11));

    private static byte[] Network(byte[][] nodes, int ir, byte[] imports, int height = 8) =>
        [.. Varint(1, ir), .. imports, .. Message(7, [.. nodes, Text(2, "toy"), Value(11, "in", 1, 3, height, height), Value(12, "out", 1, 3, 1, 1)])];

    private static byte[] Import(string domain, int version) => Message(8, Text(1, domain), Varint(2, version));

    private static byte[] Node(string type, string[] inputs, string output, params byte[][] attributes) =>
        Message(1, [.. inputs.Select(input => Text(1, input)), Text(2, output), Text(4, type), .. attributes]);

    private static byte[] Value(int field, string name, params long[] shape) =>
        Message(field, Text(1, name), Message(2, Message(1, Varint(1, 1), Message(2, [.. shape.Select(length => Message(1, length > 0 ? Varint(1, length) : Text(2, "any")))]))));
}
