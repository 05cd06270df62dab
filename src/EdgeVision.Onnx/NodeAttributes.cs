using EdgeVision.Onnx.Schema;
using AttributeType = EdgeVision.Onnx.Schema.AttributeProto.Types.AttributeType;

namespace EdgeVision.Onnx;

/// <summary>The attributes of a node, each read as the type its operator says; another type is an <see cref="OnnxException"/>.</summary>
internal sealed class NodeAttributes(NodeProto node, string modelName)
{
    public bool Has(string name) => node.Attribute(name) is not null;

    public long Int(string name, long otherwise) => Find(name, AttributeType.Int) is { } attribute ? attribute.I : otherwise;

    public float Float(string name, float otherwise) => Find(name, AttributeType.Float) is { } attribute ? attribute.F : otherwise;

    public string Text(string name, string otherwise) => Find(name, AttributeType.String) is { } attribute ? attribute.S.ToStringUtf8() : otherwise;

    public long[]? Ints(string name) => Find(name, AttributeType.Ints) is { } attribute ? [.. attribute.Ints] : null;

    public float[]? Floats(string name) => Find(name, AttributeType.Floats) is { } attribute ? [.. attribute.Floats] : null;

    public TensorProto? Tensor(string name) => Find(name, AttributeType.Tensor)?.T;

    private AttributeProto? Find(string name, AttributeType type)
    {
        var attribute = node.Attribute(name);

        // Files of IR version 1 leave the type out.
        return attribute is null || attribute.Type == type || !attribute.HasType
            ? attribute
            : throw new OnnxException($"{modelName}: attribute '{name}' of {OnnxNode.Describe(node)} is {attribute.Type}, {type} is needed. Export the network again.");
    }
}
