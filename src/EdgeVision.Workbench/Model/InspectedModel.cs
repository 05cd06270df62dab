using EdgeVision.Onnx;
using EdgeVision.Packaging;

namespace EdgeVision.Workbench;

/// <summary>One network file as <c>model inspect</c> shows it: its figures, and what a device would say to it.</summary>
/// <param name="Variant">Name within its package; null for a file by itself.</param>
internal sealed record InspectedModel(string File, string? Variant, long Bytes, ModelSummary Summary, OnnxVerdict Verdict)
{
    private const int HeaviestShown = 10;

    public string Name => Path.GetFileName(File);

    /// <summary>The layers that take the most multiply-accumulates; those that are not counted are left out.</summary>
    public IEnumerable<NodeCost> Heaviest => Summary.Nodes.Where(node => node.Macs is null or > 0).OrderByDescending(node => node.Macs ?? long.MaxValue).Take(HeaviestShown);

    public static InspectedModel Read(string file, string? variant, OnnxLimits limits, byte[] bytes) =>
        new(file, variant, bytes.Length, ModelSummary.Of(OnnxModel.Load(bytes, Path.GetFileName(file))), OnnxWalker.Check(bytes, limits));
}
