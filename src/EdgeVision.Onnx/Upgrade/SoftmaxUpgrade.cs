namespace EdgeVision.Onnx;

/// <summary>Softmax, LogSoftmax and Hardmax: before version 13 over everything from an axis (1) on, since then over one axis (the last).</summary>
internal static class SoftmaxUpgrade
{
    private const int AxisBefore = 1;

    public static void OneAxis(UpgradeContext node)
    {
        var axis = node.Attributes.Int("axis", AxisBefore);
        if (SingleAxis(node.Input(0), axis) is { } single)
        {
            node.SetAttribute(OnnxNode.Int("axis", single));
            return;
        }

        if (node.Node.Input.Count == 0 || node.Node.Output.Count == 0)
        {
            throw node.Refuse("it reads or gives nothing");
        }

        var (input, output) = (node.Node.Input[0], node.Node.Output[0]);
        var (shape, matrix, result) = (node.NewName("shape"), node.NewName("matrix"), node.NewName("rows"));
        node.Node.Input[0] = matrix;
        node.Node.Output[0] = result;
        node.SetAttribute(OnnxNode.Int("axis", -1));
        node.InsertAround(
            [OnnxNode.Of("Shape", [input], [shape]), OnnxNode.Of("Flatten", [input], [matrix], OnnxNode.Int("axis", axis))],
            [OnnxNode.Of("Reshape", [result, shape], [output])]);
    }

    // All the lengths from the axis on are 1 but one: then both say the same. SqueezeNet's [1,1000,1,1] is such a case.
    private static int? SingleAxis(ValueShape? input, long axis)
    {
        if (input is null || axis < -input.Rank || axis >= input.Rank)
        {
            return null;
        }

        var first = (int)(axis < 0 ? axis + input.Rank : axis);
        var wide = Enumerable.Range(first, input.Rank - first).Where(i => input.Lengths[i] != 1).ToArray();
        return wide.Length switch { 0 => first, 1 => wide[0], _ => null };
    }
}
