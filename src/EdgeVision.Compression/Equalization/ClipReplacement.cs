using EdgeVision.Onnx;

namespace EdgeVision.Compression;

/// <summary>Clip from zero upwards becomes Relu where it stands between two layers that can be equalized then.</summary>
internal static class ClipReplacement
{
    /// <returns>Names of the nodes.</returns>
    public static IReadOnlyList<string> Apply(OnnxGraph graph)
    {
        var clips = ChannelPairs.Find(graph, clipIsRelu: true).SelectMany(found => found.Activations).Where(node => node.OpType == "Clip").ToArray();
        foreach (var clip in clips)
        {
            var relu = OnnxNode.Of("Relu", [clip.Input[0]], [clip.Output[0]]);
            relu.Name = clip.Name;
            graph.Replace(clip, relu);
        }

        return [.. clips.Select(clip => clip.Name)];
    }
}
