using EdgeVision.Onnx;

namespace EdgeVision.Compression;

/// <summary>Brings a network into the one form that the other tools of this room work on, without changing what it computes.</summary>
/// <remarks>
/// In: any float model. Out: the same model, in place: opset 17 or later, every constant an initializer and no input, what is constant computed, batch normalisation and per-channel constants within
/// the weights, Relu6 as one Clip, paddings within their Conv, pixels that are taken apart into channels read by their Conv as they lie, nothing that computes nothing, and for every node a name of its own. Outputs stay within 1e-5 of the largest magnitude.
/// Applied twice it does nothing the second time. Example: Conv -> BatchNormalization -> Relu -> Dropout becomes Conv -> Relu, with three steps in the report.
/// One thread.
/// </remarks>
public static class GraphCleanup
{
    // ONNX Runtime's own operators: not looked into, but they run.
    private const string RuntimeDomain = "com.microsoft";

    // In the order of one round; rounds are repeated until one does nothing.
    private static readonly Action<CleanupRun>[] Passes =
    [
        NodeNaming.Apply,
        InitializerInputs.Apply,
        ExperimentalOperators.Apply,
        OpsetRaising.Apply,
        ConstantNodes.Apply,
        FloatWidening.Apply,
        InputPinning.Apply,
        ShapeFolding.Apply,
        ConstantFolding.Apply,
        NeutralNodes.Apply,
        BoundMerging.Apply,
        PadMerging.Apply,
        LayoutMerging.Apply,
        FocusFolding.Apply,
        GemmForming.Apply,
        FloatModel.RequireFinite,
        ConstantFactors.Apply,
        AffineIntoProducer.Apply,
        AffineIntoConsumer.Apply,
        ScaleThroughShift.Apply,
        DuplicateMerging.Apply,
        DeadEnds.Apply,
        NodeNaming.Apply,
    ];

    /// <summary>Refuses a model that somebody quantized before, by its first node that computes in 8 bits. <see cref="Apply"/> would leave such nodes alone.</summary>
    /// <exception cref="CompressionException">It is quantized.</exception>
    public static void RequireFloat(OnnxModel model) => FloatModel.RequireFloat(model);

    /// <param name="model">Changed in place.</param>
    /// <param name="inputShapes">Lengths to fix an input to, by its name; an input that is left out stays as open as it is.</param>
    /// <exception cref="CompressionException">Weights that are no numbers.</exception>
    /// <exception cref="OnnxException">An operator of a foreign domain, one that cannot be raised, or shapes that contradict each other or the lengths asked for.</exception>
    public static CleanupReport Apply(OnnxModel model, IReadOnlyDictionary<string, IReadOnlyList<long>>? inputShapes = null)
    {
        model.RequireKnownDomains([RuntimeDomain, .. model.Proto.Functions.Select(function => function.Domain)]);
        var run = new CleanupRun(model, inputShapes);
        int before;
        do
        {
            before = run.Steps.Count;
            Array.ForEach(Passes, run.Run);
        }
        while (run.Steps.Count > before);
        if (run.Steps.Count > 0)
        {
            // What a file notes of its inner values is not kept true by any pass, and nobody needs it.
            model.Graph.Proto.ValueInfo.Clear();
        }

        return new CleanupReport(run.Steps);
    }
}
