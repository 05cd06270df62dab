using EdgeVision.Onnx;

namespace EdgeVision.Compression;

/// <summary>Brings a network into the form that it is pruned in.</summary>
/// <remarks>That of <see cref="GraphCleanup"/>, because constants within the graph hide channels. By the scales of batch normalisations only what leaves these alone; clean it afterwards then.</remarks>
public static class PruningForm
{
    private static readonly Action<CleanupRun>[] WithoutFolding =
    [
        NodeNaming.Apply,
        InitializerInputs.Apply,
        ExperimentalOperators.Apply,
        OpsetRaising.Apply,
        ConstantNodes.Apply,
        ShapeFolding.Apply,
        ConstantFolding.Apply,
        NeutralNodes.Apply,
        DeadEnds.Apply,
        NodeNaming.Apply,
    ];

    /// <exception cref="CompressionException">Quantised already, or weights that are no numbers.</exception>
    /// <exception cref="OnnxException">An operator that cannot be raised to the current version, or shapes that contradict each other.</exception>
    public static void Apply(OnnxModel model, Importance importance)
    {
        GraphCleanup.RequireFloat(model);
        if (importance != Importance.BatchNormScale)
        {
            GraphCleanup.Apply(model);
            return;
        }

        var run = new CleanupRun(model, inputShapes: null);
        int before;
        do
        {
            before = run.Steps.Count;
            Array.ForEach(WithoutFolding, run.Run);
        }
        while (run.Steps.Count > before);
        FloatModel.RequireFinite(run);
    }
}
