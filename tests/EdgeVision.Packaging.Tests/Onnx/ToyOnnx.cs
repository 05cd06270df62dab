using static EdgeVision.Testing.Protobuf;

namespace EdgeVision.Packaging.Tests;

/// <summary>The smallest ONNX files that show one thing each. Field numbers are those of onnx.proto.</summary>
internal static class ToyOnnx
{
    private const int Float32 = 1;

    /// <summary>A network with one Relu, to be completed by a test.</summary>
    public static byte[] Model(params byte[][] graph) => Whole(Import("", 17), Graph(graph));

    /// <summary>IR version 8, and whatever a test gives it.</summary>
    public static byte[] Whole(params byte[][] parts) => [.. Varint(1, 8), .. parts.SelectMany(part => part)];

    public static byte[] Import(string domain, long version) => Message(8, Text(1, domain), Varint(2, version));

    public static byte[] Graph(params byte[][] parts) => Message(7, [Node(Text(4, "Relu")), .. parts]);

    public static byte[] Node(params byte[][] parts) => Message(1, parts);

    public static byte[] Attribute(params byte[][] parts) => Message(5, parts);

    /// <summary>An initializer of float32 with 4 bytes of raw data for each of <paramref name="values"/>.</summary>
    public static byte[] Initializer(int values, params long[] lengths) => Message(5, Tensor(values, lengths));

    public static byte[] Tensor(int values, params long[] lengths) =>
        [.. lengths.SelectMany(length => Varint(1, length)), .. Varint(2, Float32), .. Message(9, new byte[values * 4])];

    /// <summary>A tensor whose values lie in another file.</summary>
    public static byte[] External(string location = "weights.bin") =>
        [.. Varint(1, 1), .. Varint(2, Float32), .. Message(13, Text(1, "location"), Text(2, location)), .. Varint(14, 1)];
}
