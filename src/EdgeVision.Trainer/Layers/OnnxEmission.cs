using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Trainer.Layers;

/// <summary>The ONNX graph that layers write themselves into.</summary>
internal sealed class OnnxEmission(OnnxGraph graph)
{
    /// <summary>One node; it bears the name of the value it gives.</summary>
    public void Add(string operation, IEnumerable<string> inputs, string output, params ReadOnlySpan<AttributeProto> attributes)
    {
        var node = OnnxNode.Of(operation, inputs, [output], attributes);
        node.Name = output;
        graph.Insert(node);
    }

    /// <returns>The constant's name, to read it by.</returns>
    public string Constant(string name, ReadOnlySpan<long> dims, ReadOnlySpan<float> values)
    {
        graph.SetInitializer(OnnxTensor.Of(name, dims, values));
        return name;
    }
}
