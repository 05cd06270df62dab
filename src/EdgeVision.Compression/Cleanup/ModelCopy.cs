using EdgeVision.Onnx;

namespace EdgeVision.Compression;

/// <summary>A model of its own with the same content, for tools that promise not to change what they are given.</summary>
internal static class ModelCopy
{
    public static OnnxModel Copy(this OnnxModel model) => OnnxModel.Load(model.Save(), model.Proto.Graph.Name, new GraphLimits(int.MaxValue, int.MaxValue));
}
