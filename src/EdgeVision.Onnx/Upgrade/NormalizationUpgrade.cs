namespace EdgeVision.Onnx;

/// <summary>BatchNormalization and Dropout, which gave other things when a network was trained.</summary>
internal static class NormalizationUpgrade
{
    public static void WithoutSpatial(UpgradeContext node)
    {
        if (node.Attributes.Int("spatial", 1) != 1)
        {
            throw node.Refuse("it normalizes each element by itself (spatial = 0), which was taken out in version 9");
        }

        node.RemoveAttribute("spatial");
    }

    /// <summary>Statistics are given in training only, since version 14 others than before.</summary>
    public static void WithoutStatistics(UpgradeContext node)
    {
        if (Enumerable.Range(0, node.Node.Output.Count).Skip(1).Any(node.IsRead))
        {
            throw node.Refuse("its statistics are read, which only training gives");
        }

        while (node.Node.Output.Count > 1)
        {
            node.Node.Output.RemoveAt(node.Node.Output.Count - 1);
        }
    }

    public static void MaskOfDropout(UpgradeContext node)
    {
        if (node.IsRead(1))
        {
            throw node.Refuse("its mask is read, which held numbers before version 10 and booleans since");
        }
    }
}
