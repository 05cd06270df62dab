namespace EdgeVision.Onnx;

/// <summary>What changed its meaning between opsets 8 and 17; everything else that is known means the same in all of them.</summary>
internal static class UpgradeRules
{
    /// <summary>In the order of versions, because a rule finds what the one before has made.</summary>
    public static IReadOnlyList<UpgradeRule> All { get; } =
    [
        new(9, "Upsample", ResizeUpgrade.ScalesToInput),
        new(9, "BatchNormalization", NormalizationUpgrade.WithoutSpatial),
        new(9, "Scan", node => throw node.Refuse("Scan lost its batch axis in version 9")),
        new(10, "Upsample", ResizeUpgrade.ToResize),
        new(10, "Slice", AttributeUpgrade.Slice),
        new(10, "TopK", AttributeUpgrade.TopK),
        new(10, "Dropout", NormalizationUpgrade.MaskOfDropout),
        new(11, "Resize", ResizeUpgrade.WithRegions),
        new(11, "Clip", AttributeUpgrade.Clip),
        new(11, "Pad", AttributeUpgrade.Pad),
        new(11, "Scatter", node => node.Node.OpType = "ScatterElements"),
        new(12, "Dropout", AttributeUpgrade.Dropout),
        new(13, "Resize", ResizeUpgrade.WithoutHalfPixelOfNearest),
        new(13, "Squeeze", AttributeUpgrade.Axes),
        new(13, "Unsqueeze", AttributeUpgrade.Axes),
        new(13, "ReduceSum", AttributeUpgrade.Axes),
        new(13, "Split", AttributeUpgrade.Split),
        new(13, "Softmax", SoftmaxUpgrade.OneAxis),
        new(13, "LogSoftmax", SoftmaxUpgrade.OneAxis),
        new(13, "Hardmax", SoftmaxUpgrade.OneAxis),
        new(14, "BatchNormalization", NormalizationUpgrade.WithoutStatistics),
        new(16, "RoiAlign", ResizeUpgrade.RegionsAtOldPlaces),
    ];

    // Besides those whose shapes are known.
    private static readonly HashSet<string> Others =
    [
        "If", "Loop", "Scan", "Det", "Multinomial", "StringNormalizer", "TfIdfVectorizer", "NegativeLogLikelihoodLoss", "SoftmaxCrossEntropyLoss",
        "SequenceAt", "SequenceConstruct", "SequenceEmpty", "SequenceErase", "SequenceInsert", "SequenceLength", "SplitToSequence", "ConcatFromSequence", "Optional", "OptionalGetElement", "OptionalHasElement",
    ];

    public static bool IsKnown(string operation) => ShapeRules.IsStandard(operation) || Others.Contains(operation);
}
