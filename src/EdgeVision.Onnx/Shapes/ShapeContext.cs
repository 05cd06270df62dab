using EdgeVision.Onnx.Schema;
using DataType = EdgeVision.Onnx.Schema.TensorProto.Types.DataType;

namespace EdgeVision.Onnx;

/// <summary>One node as a rule of shape inference sees it: what is known of its inputs, its attributes, and where its outputs are written down.</summary>
internal sealed class ShapeContext(NodeProto node, OnnxModel model, KnownShapes known)
{
    public NodeProto Node => node;

    public int Opset => model.Opset;

    public NodeAttributes Attributes { get; } = new(node, model.Name);

    public int Inputs => node.Input.Count;

    public int Outputs => node.Output.Count;

    public bool HasInput(int index) => index < node.Input.Count && node.Input[index].Length > 0;

    public ValueShape? Input(int index) => HasInput(index) ? known.Shapes.GetValueOrDefault(node.Input[index]) : null;

    /// <summary>The numbers within an input, or null where none is known.</summary>
    public double?[]? Numbers(int index) => HasInput(index) ? known.Numbers.GetValueOrDefault(node.Input[index]) : null;

    /// <summary>The number that an input is, or null where it is not known or not a single one.</summary>
    public double? Number(int index) => Numbers(index) is [var number] ? number : null;

    /// <summary>The numbers within an input where all are known.</summary>
    public long[]? Longs(int index) => Numbers(index) is { } numbers && numbers.All(number => number.HasValue) ? Array.ConvertAll(numbers, number => ToLong(number!.Value)) : null;

    /// <summary>Numbers of an attribute in old versions of an operator, of an input in newer ones; null where they are not known or not given.</summary>
    public long[]? Longs(string attribute, int input) => Attributes.Has(attribute) ? Attributes.Ints(attribute) : Longs(input);

    public void Set(int output, DataType type, IReadOnlyList<long> lengths)
    {
        // Lengths that no memory holds are refused too, so that counts and sizes are numbers for everybody behind.
        if (TensorLayout.CountOrNull([.. lengths.Where(length => length != ValueShape.Open)]) is null)
        {
            throw Fail($"would give the lengths [{string.Join(", ", lengths)}], which no tensor has");
        }

        if (output < node.Output.Count && node.Output[output].Length > 0)
        {
            known.Shapes[node.Output[output]] = new ValueShape(type, lengths);
        }
    }

    public void SetNumbers(double?[]? numbers)
    {
        if (numbers is { Length: <= KnownShapes.MostNumbers } && node.Output.Count > 0 && node.Output[0].Length > 0)
        {
            known.Numbers[node.Output[0]] = numbers;
        }
    }

    public void SetConstant(TensorProto tensor)
    {
        if (node.Output.Count > 0 && node.Output[0].Length > 0)
        {
            known.AddConstant(node.Output[0], tensor);
        }
    }

    /// <summary>An axis counted from the front; negative ones count from behind.</summary>
    public int Axis(long axis, int rank) =>
        axis >= -rank && axis < rank ? (int)(axis < 0 ? axis + rank : axis) : throw Fail($"has the axis {axis}, its input has {rank} dimensions");

    public OnnxException Fail(string what) => new($"{model.Name}: {OnnxNode.Describe(node)} {what}. Export the network again, or give its inputs other lengths.");

    // Saturating, because "to the end" is written as the largest number there is.
    public static long ToLong(double number) => unchecked((long)number);
}
