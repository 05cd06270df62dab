using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>One clean-up of one model: what its passes share.</summary>
internal sealed class CleanupRun(OnnxModel model)
{
    private readonly List<CleanupStep> _steps = [];

    public OnnxModel Model => model;

    public OnnxGraph Graph => model.Graph;

    public IReadOnlyList<CleanupStep> Steps => _steps;

    public void Record(string what, NodeProto node) => Record(what, node.Name.Length > 0 ? node.Name : node.Output.FirstOrDefault() ?? "");

    public void Record(string what, string name) => _steps.Add(new CleanupStep(what, name));

    /// <summary>Takes out a node that gives what is there already; passes over one that stands between two names promised to the outside.</summary>
    public void Bypass(NodeProto node, string source, string what)
    {
        if (Graph.Bypass(node, source))
        {
            Record(what, node);
        }
    }
}
