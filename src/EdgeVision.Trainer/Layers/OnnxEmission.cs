using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Trainer.Layers;

/// <summary>The ONNX graph that layers write themselves into.</summary>
internal sealed class OnnxEmission(OnnxGraph graph)
{
    /// <summary>One node; it bears the name of the value it gives.</summary>
    public void Add(string operation, IEnumerable<string> inputs, string output, params ReadOnlySpan<AttributeProto> attributes) => Add(operation, inputs, [output], attributes);

    /// <summary>One node of several values, of which one is not wanted where its name is empty; it bears the name of the last.</summary>
    public void Add(string operation, IEnumerable<string> inputs, string[] outputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        var node = OnnxNode.Of(operation, inputs, outputs, attributes);
        node.Name = outputs[^1];
        graph.Insert(node);
    }

    /// <returns>The constant's name, to read it by.</returns>
    public string Constant(string name, ReadOnlySpan<long> dims, ReadOnlySpan<float> values)
    {
        graph.SetInitializer(OnnxTensor.Of(name, dims, values));
        return name;
    }

    /// <summary>A row of lengths or axes.</summary>
    /// <returns>The constant's name.</returns>
    public string Integers(string name, params ReadOnlySpan<long> values)
    {
        graph.SetInitializer(OnnxTensor.Of(name, [values.Length], values));
        return name;
    }
}
