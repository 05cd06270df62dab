using EdgeVision.Onnx;

namespace EdgeVision.Compression.Tests;

/// <summary>Every real model, cleaned at open and at fixed lengths: the same outputs, and nothing left to do.</summary>
public sealed class RealModelTests(ITestOutputHelper output)
{
    private const double Limit = 1e-5;

    public static TheoryData<string> Models => [.. RealModel.All.Select(model => model.Path)];

    [Theory]
    [MemberData(nameof(Models))]
    public void GraphCleanup_RealModel_GivesTheSameOutputsWithFewerNodes(string path)
    {
        var real = RealModel.All.First(model => model.Path == path);
        var (original, model) = (real.Read(), OnnxModel.Load(real.Read(), path));
        var nodes = model.Graph.Nodes.Count;

        var report = GraphCleanup.Apply(model, real.Pinned);

        var cleaned = model.Save();
        // The large picture of the style network takes seconds as it is written.
        var difference = Sameness.Difference(original, cleaned, real.Inputs, real.Greatest, path.EndsWith("candy.onnx", StringComparison.Ordinal) ? [3] : [0, 3]);
        output.WriteLine($"{path}: {nodes} -> {model.Graph.Nodes.Count} nodes, {original.Length} -> {cleaned.Length} bytes, difference {difference:e1}");
        output.WriteLine("  " + string.Join(", ", report.Totals.Select(total => $"{total.Count} {total.What}")));
        Assert.InRange(difference, 0, Limit);
        Assert.InRange(model.Graph.Nodes.Count, 1, nodes);
        Assert.DoesNotContain(model.Graph.Nodes, node => node.OpType is "Constant" or "Identity" or "Dropout" or "Shape");
        Assert.Equal(model.Graph.Nodes.Count, model.Graph.Nodes.Select(node => node.Name).Where(name => name.Length > 0).Distinct().Count());
        Assert.Empty(GraphCleanup.Apply(OnnxModel.Load(cleaned, path), real.Pinned).Steps);
    }
}
