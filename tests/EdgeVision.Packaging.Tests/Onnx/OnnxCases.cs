using System.Text;
using static EdgeVision.Testing.Protobuf;
using static EdgeVision.Packaging.Tests.ToyOnnx;

namespace EdgeVision.Packaging.Tests;

/// <summary>Files that must not reach ONNX Runtime, by what is wrong with them.</summary>
internal static class OnnxCases
{
    private const OnnxProblem None = OnnxProblem.None, Parse = OnnxProblem.Parse, Outside = OnnxProblem.ExternalData, Unsupported = OnnxProblem.Unsupported, Memory = OnnxProblem.Memory;

    // model.graph.node.attribute.g, and from there the same three fields for each graph within the graph.
    private static readonly int[] IntoGraph = [1, 5, 6];

    public static IReadOnlyDictionary<string, OnnxCase> All { get; } = new Dictionary<string, OnnxCase>
    {
        ["a network"] = new(() => Model(Initializer(6, 2, 3)), None, "", ""),
        ["imports behind the graph"] = new(() => Whole(Graph(Node(Text(7, "ai.onnx.ml"))), Import("ai.onnx.ml", 3)), None, "", ""),
        ["ai.onnx is the empty domain"] = new(() => Whole(Import("ai.onnx", 17), Graph(Node(Text(7, "")))), None, "", ""),
        ["functions of its own"] = new(() => Whole(Import("", 17), Import("blocks", 1), Message(25, Text(10, "blocks")), Graph(Node(Text(7, "blocks")))), None, "", ""),
        ["an empty tensor"] = new(() => Model(Initializer(0, 0, 1L << 62)), None, "", ""),
        ["lengths packed"] = new(() => Model(Message(5, Message(1, Number(2), Number(3)), Varint(2, 1), Message(9, new byte[24]))), None, "", ""),
        ["sixteen graphs deep"] = new(() => Model(Nest([], Graphs(15))), None, "", ""),

        // T47
        ["empty file"] = new(() => [], Parse, "", "is empty"),
        ["text"] = new(() => Encoding.UTF8.GetBytes("version https://git-lfs.github.com/spec/v1\n"), Parse, "", "is not an ONNX network"),
        ["web page"] = new(() => Encoding.UTF8.GetBytes("<!DOCTYPE html><html><body>Please log in</body></html>"), Parse, "", "is not an ONNX network"),
        ["zeros"] = new(() => new byte[1000], Parse, "", "is not an ONNX network"),
        ["only a version"] = new(() => Whole(), Parse, "", "lacks a graph"),
        ["cut in the graph"] = new(() => Model(Initializer(6, 2, 3))[..^5], Parse, "", "cut short"),
        ["longer than its message"] = new(() => Model([.. Number((5 << 3) | 2), .. Number(100), 0]), Parse, "graph", "cut short, or no part"),
        ["a group"] = new(() => Model(Node(Number((3 << 3) | 3))), Parse, "graph.node[1]", "byte"),
        ["field number 0"] = new(() => Model(Node([0x00, 0x00])), Parse, "graph.node[1]", "byte"),
        ["a number without end"] = new(() => [.. Whole(), .. Enumerable.Repeat((byte)0xFF, 64)], Parse, "", "does not parse"),
        ["nothing but small fields"] = new(() => Repeat(Varint(16, 0), OnnxWalker.MaxFields + 1), Parse, "", "more than 4000000 fields"),
        ["seventeen graphs deep"] = new(() => Model(Nest([], Graphs(16))), Parse, AttributeOfSixteenth(), "nested deeper than 16 graphs"),
        ["ten thousand graphs deep"] = new(() => Model(Nest([], Graphs(10_000))), Parse, AttributeOfSixteenth(), "nested deeper than 16 graphs"),
        ["ten thousand types deep"] = new(() => Model(Nest([], Enumerable.Repeat((int[])[4, 1], 10_000).SelectMany(pair => pair).Prepend(2).Prepend(11))), Parse, SixtyTypes(), "or 64 messages"),
        ["two graphs"] = new(() => Whole(Import("", 17), Graph(), Graph()), Parse, "", "has graph twice"),
        ["two tensors in one place"] = new(() => Model(Node(Attribute(Message(5, Tensor(1)), Message(5, Tensor(1))))), Parse, "graph.node[1].attribute[0]", "has t twice"),

        // T48
        ["weights in a file above"] = new(() => Model(Message(5, External("../../../etc/passwd"))), Outside, "graph.initializer[0]", "external_data"),
        ["weights at an absolute path"] = new(() => Model(Initializer(1), Message(5, External("/etc/passwd"))), Outside, "graph.initializer[1]", "external_data"),
        ["location alone"] = new(() => Model(Message(5, Varint(14, 1))), Outside, "graph.initializer[0]", "external_data"),
        ["location that a parser cuts to 1"] = new(() => Model(Message(5, Varint(14, (1L << 32) + 1))), Outside, "graph.initializer[0]", "external_data"),
        ["file alone"] = new(() => Model(Message(5, Text(13, ""))), Outside, "graph.initializer[0]", "external_data"),
        ["weights of a constant"] = new(() => Model(Node(Attribute(Message(5, External())))), Outside, "graph.node[1].attribute[0].t", "external_data"),
        ["weights in a list of tensors"] = new(() => Model(Node(Attribute(), Attribute(Message(10, Tensor(1)), Message(10, External())))), Outside, "graph.node[1].attribute[1].tensors[1]", "external_data"),
        ["weights in an else-branch"] = new(
            () => Model(Node(Attribute(Message(6, Node())), Attribute(Message(6, Message(5, External()))))), Outside, "graph.node[1].attribute[1].g.initializer[0]", "external_data"),
        ["weights in a loop in a branch"] = new(
            () => Model(Nest(Message(5, External()), [.. IntoGraph, .. IntoGraph])), Outside, "graph.node[1].attribute[0].g.node[0].attribute[0].g.initializer[0]", "external_data"),
        ["weights in a list of graphs"] = new(() => Model(Node(Attribute(Message(11, Message(5, External()))))), Outside, "graph.node[1].attribute[0].graphs[0].initializer[0]", "external_data"),
        ["sparse weights"] = new(() => Model(Message(15, Message(1, External()))), Outside, "graph.sparse_initializer[0].values", "external_data"),
        ["sparse indices"] = new(() => Model(Message(15, Message(1, Tensor(1)), Message(2, External()))), Outside, "graph.sparse_initializer[0].indices", "external_data"),
        ["sparse weights of an attribute"] = new(() => Model(Node(Attribute(Message(22, Message(1, External()))))), Outside, "graph.node[1].attribute[0].sparse_tensor.values", "external_data"),
        ["sparse weights in a list"] = new(() => Model(Node(Attribute(Message(23, Message(2, External()))))), Outside, "graph.node[1].attribute[0].sparse_tensors[0].indices", "external_data"),
        ["weights in a function"] = new(() => Whole(Import("", 17), Message(25, Message(7, Attribute(Message(5, External())))), Graph()), Outside, "functions[0].node[0].attribute[0].t", "external_data"),
        ["weights in a function's default"] = new(
            () => Whole(Import("", 17), Message(25), Message(25, Message(11, Message(5, External()))), Graph()), Outside, "functions[1].attribute_proto[0].t", "external_data"),

        // T49
        ["operators of one's own"] = new(() => Whole(Import("", 17), Import("com.evil", 1), Graph()), Unsupported, "opset_import[1]", "imports operators of 'com.evil'"),
        ["an operator nobody imports"] = new(() => Model(Node(Text(7, "com.microsoft"))), Unsupported, "graph.node[1]", "operator of 'com.microsoft', which the network does not import"),
        ["an operator deep down"] = new(() => Model(Nest(Node(Text(7, "x\ny")), IntoGraph)), Unsupported, "graph.node[1].attribute[0].g.node[0]", "operator of 'x?y'"),
        ["a function with operators of one's own"] = new(
            () => Whole(Import("", 17), Message(25, Message(9, Text(1, "com.evil"), Varint(2, 1))), Graph()), Unsupported, "functions[0].opset_import[0]", "'com.evil'"),
        ["operators of tomorrow"] = new(() => Whole(Import("", 99), Graph()), Unsupported, "opset_import[0]", "imports version 99 of ai.onnx; 1 to "),
        ["operators of never"] = new(() => Whole(Import("", -1), Graph()), Unsupported, "opset_import[0]", "imports version -1"),
        ["thirty-three imports"] = new(() => Whole([.. Enumerable.Repeat(Import("", 17), 33), Graph()]), Unsupported, "opset_import[0]", "one of 33 operator sets"),
        ["no import"] = new(() => Whole(Graph()), Parse, "", "lacks a graph, an IR version or an operator set"),
        ["IR of tomorrow"] = new(() => [.. Varint(1, 99), .. Import("", 17), .. Graph()], Unsupported, "", "has IR version 99; 3 to "),
        ["IR before operator sets"] = new(() => [.. Varint(1, 2), .. Import("", 17), .. Graph()], Unsupported, "", "has IR version 2"),
        ["IR below zero"] = new(() => [.. Varint(1, -1), .. Import("", 17), .. Graph()], Unsupported, "", "has IR version -1"),
        ["a part for training"] = new(() => [.. Model(), .. Message(20)], Unsupported, "", "training_info"),
        ["an unknown type of values"] = new(() => Model(Message(5, Varint(2, 99))), Unsupported, "graph.initializer[0]", "data type 99"),

        // T50
        ["100 GB of weights"] = new(() => Model(Initializer(1, 100_000, 250_000)), Memory, "graph.initializer[0]", "more than 1024 MiB"),
        ["lengths that overflow"] = new(() => Model(Initializer(1, 1L << 32, 1L << 32)), Memory, "graph.initializer[0]", "more than 1024 MiB"),
        ["lengths that overflow to a little"] = new(() => Model(Initializer(1, long.MaxValue, long.MaxValue)), Memory, "graph.initializer[0]", "more than 1024 MiB"),
        ["a length below zero"] = new(() => Model(Initializer(1, -1, -1)), Parse, "graph.initializer[0]", "has the length -1"),
        ["lengths cut short"] = new(() => Model(Message(5, Message(1, [0xFF]))), Parse, "graph.initializer[0]", "lengths that are cut short"),
        ["a large shape with little data"] = new(() => Model(Initializer(1, 1000, 1000)), Parse, "graph.initializer[0]", "4 bytes, not 4000000"),
        ["more data than the shape"] = new(() => Model(Initializer(7, 2, 3)), Parse, "graph.initializer[0]", "28 bytes, not 24"),
        ["a large shape without data"] = new(() => Model(Message(5, Varint(1, 1000), Varint(2, 1), Message(4, new byte[4]))), Parse, "graph.initializer[0]", "too little data"),
        ["a sparse tensor that unfolds"] = new(() => Model(Message(15, Varint(3, 100_000), Varint(3, 100_000))), Memory, "graph.sparse_initializer[0]", "more than 1024 MiB"),
        ["sparse tensors that unfold together"] = new(
            () => Model([.. Enumerable.Repeat(Message(15, Varint(3, 60 << 20)), 3)]), Memory, "graph.sparse_initializer[2]", "one tensor too many"),
    };

    private static IEnumerable<int> Graphs(int count) => Enumerable.Repeat(IntoGraph, count).SelectMany(path => path);

    // The walker stands in the attribute that holds one graph too many. The network's own node[0] is the Relu.
    private static string AttributeOfSixteenth() => "graph.node[1].attribute[0]" + string.Concat(Enumerable.Repeat(".g.node[0].attribute[0]", 15));

    // Of 64 messages the network, its graph, an input and its type are four.
    private static string SixtyTypes() => "graph.input[0].type" + string.Concat(Enumerable.Repeat(".sequence_type.elem_type", 30));

    private static byte[] Repeat(byte[] field, int count)
    {
        var file = new byte[field.Length * count];
        for (var i = 0; i < count; i++)
        {
            field.CopyTo(file, i * field.Length);
        }

        return file;
    }
}
