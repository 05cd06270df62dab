using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>One clean-up of one model: what its passes share.</summary>
internal sealed class CleanupRun(OnnxModel model, IReadOnlyDictionary<string, IReadOnlyList<long>>? inputShapes)
{
    private readonly List<CleanupStep> _steps = [];
    private GraphShapes? _shapes;
    private int _stepsAtShapes;

    public OnnxModel Model => model;

    public OnnxGraph Graph => model.Graph;

    public IReadOnlyDictionary<string, IReadOnlyList<long>>? InputShapes => inputShapes;

    public IReadOnlyList<CleanupStep> Steps => _steps;

    /// <summary>As they were when the pass began; a value that it made since has none.</summary>
    public GraphShapes Shapes => _shapes ??= ShapeInference.Infer(model, inputShapes);

    public void Run(Action<CleanupRun> pass)
    {
        if (_steps.Count != _stepsAtShapes)
        {
            (_shapes, _stepsAtShapes) = (null, _steps.Count);
        }

        pass(this);
    }

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
