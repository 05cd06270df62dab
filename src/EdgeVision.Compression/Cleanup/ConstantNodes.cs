using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>Constant nodes become initializers, so that there is one place for weights.</summary>
internal static class ConstantNodes
{
    public static void Apply(CleanupRun run)
    {
        foreach (var node in run.Graph.Nodes.Where(node => node.Is("Constant")).ToArray())
        {
            if (!run.Graph.IsOutput(node.Output[0]) && ValueOf(node) is { } tensor)
            {
                run.Graph.Remove(node);
                run.Graph.SetInitializer(tensor);
                run.Record("Constant is an initializer", node);
            }
        }
    }

    // Text and sparse tensors stay nodes: no CNN computes with them.
    private static TensorProto? ValueOf(NodeProto node)
    {
        var name = node.Output[0];
        switch (node.Attribute.FirstOrDefault())
        {
            case { Name: "value", T: { } tensor }:
                var named = tensor.Clone();
                named.Name = name;
                return named;
            case { Name: "value_float" } attribute:
                return OnnxTensor.Of(name, [], [attribute.F]);
            case { Name: "value_int" } attribute:
                return OnnxTensor.Of(name, [], [attribute.I]);
            case { Name: "value_floats" } attribute:
                return OnnxTensor.Of(name, [attribute.Floats.Count], (float[])[.. attribute.Floats]);
            case { Name: "value_ints" } attribute:
                return OnnxTensor.Of(name, [attribute.Ints.Count], (long[])[.. attribute.Ints]);
            default:
                return null;
        }
    }
}
