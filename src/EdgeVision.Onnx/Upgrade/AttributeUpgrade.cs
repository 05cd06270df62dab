using EdgeVision.Onnx.Schema;
using DataType = EdgeVision.Onnx.Schema.TensorProto.Types.DataType;

namespace EdgeVision.Onnx;

/// <summary>Attributes that became inputs.</summary>
internal static class AttributeUpgrade
{
    public static void Axes(UpgradeContext node) => Ints(node, "axes", 1);

    public static void Split(UpgradeContext node) => Ints(node, "split", 1);

    public static void Slice(UpgradeContext node)
    {
        Ints(node, "starts", 1);
        Ints(node, "ends", 2);
        Ints(node, "axes", 3);
    }

    public static void TopK(UpgradeContext node)
    {
        var count = node.Attributes.Int("k", 1);
        node.RemoveAttribute("k");
        node.SetInput(1, "k", name => OnnxTensor.Of(name, [1], [count]));
    }

    public static void Pad(UpgradeContext node)
    {
        var value = node.Attributes.Float("value", 0);
        Ints(node, "pads", 1);
        node.RemoveAttribute("value");

        // 0 is what is padded with when nothing is said.
        if (value != 0)
        {
            node.SetInput(2, "value", name => Scalar(node, name, value));
        }
    }

    public static void Clip(UpgradeContext node)
    {
        Bound(node, "min", 1);
        Bound(node, "max", 2);
    }

    public static void Dropout(UpgradeContext node)
    {
        var ratio = node.Attributes.Float("ratio", 0.5f);
        node.RemoveAttribute("ratio");
        node.SetInput(1, "ratio", name => OnnxTensor.Of(name, [], [ratio]));
    }

    private static void Bound(UpgradeContext node, string attribute, int input)
    {
        if (node.Attributes.Has(attribute))
        {
            var bound = node.Attributes.Float(attribute, 0);
            node.RemoveAttribute(attribute);
            node.SetInput(input, attribute, name => Scalar(node, name, bound));
        }
    }

    private static void Ints(UpgradeContext node, string attribute, int input)
    {
        if (node.Attributes.Ints(attribute) is { } numbers)
        {
            node.RemoveAttribute(attribute);
            node.SetInput(input, attribute, name => OnnxTensor.Of(name, [numbers.Length], numbers));
        }
    }

    private static TensorProto Scalar(UpgradeContext node, string name, float value) => node.Input(0)?.Type switch
    {
        DataType.Float => OnnxTensor.Of(name, [], [value]),
        DataType.Float16 => OnnxTensor.Of(name, [], [(Half)value]),
        DataType.Double => OnnxTensor.Of(name, [], [(double)value]),
        var type => throw node.Refuse($"its numbers must be of the type of its input, which is {type?.ToString() ?? "not known"}"),
    };
}
