using DataType = EdgeVision.Onnx.Schema.TensorProto.Types.DataType;

namespace EdgeVision.Onnx;

/// <summary>Upsample became Resize, and Resize learned to say which pixel is whose.</summary>
internal static class ResizeUpgrade
{
    private const string Places = "coordinate_transformation_mode";

    public static void ScalesToInput(UpgradeContext node)
    {
        if (node.Attributes.Floats("scales") is { } scales)
        {
            node.RemoveAttribute("scales");
            node.SetInput(1, "scales", name => OnnxTensor.Of(name, [scales.Length], scales));
        }
    }

    public static void ToResize(UpgradeContext node)
    {
        node.Node.OpType = "Resize";
        node.OnlyGrows = true;
    }

    /// <summary>X, scales became X, roi, scales. Before, the first pixel stood on the first pixel; nearest took the one before when growing, the one behind when shrinking.</summary>
    public static void WithRegions(UpgradeContext node)
    {
        if (node.Node.Input.Count < 2)
        {
            throw node.Refuse("it has no scales");
        }

        if (node.Attributes.Text("mode", "nearest") == "nearest")
        {
            node.SetAttribute(OnnxNode.Text("nearest_mode", NearestMode(node)));
        }

        node.SetAttribute(OnnxNode.Text(Places, "asymmetric"));
        var scales = node.Node.Input[1];
        node.SetInput(1, "roi", name => OnnxTensor.Of(name, [0], Array.Empty<float>()));
        node.Node.Input.Add(scales);
    }

    public static void WithoutHalfPixelOfNearest(UpgradeContext node)
    {
        if (node.Attributes.Text(Places, "") == "tf_half_pixel_for_nn")
        {
            throw node.Refuse("tf_half_pixel_for_nn was taken out in version 13");
        }
    }

    public static void RegionsAtOldPlaces(UpgradeContext node)
    {
        if (!node.Attributes.Has(Places))
        {
            node.SetAttribute(OnnxNode.Text(Places, "output_half_pixel"));
        }
    }

    private static string NearestMode(UpgradeContext node)
    {
        if (node.OnlyGrows)
        {
            return "floor";
        }

        var scales = node.Constant(1) is { DataType: (int)DataType.Float } constant ? constant.ReadFloats() : throw node.Refuse("whether it grows or shrinks is computed while it runs");
        return scales.All(scale => scale >= 1) ? "floor"
            : scales.All(scale => scale <= 1) ? "ceil"
            : throw node.Refuse("it grows along one axis and shrinks along another");
    }
}
