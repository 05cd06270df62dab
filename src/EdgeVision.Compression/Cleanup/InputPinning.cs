using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>Writes the lengths that were asked for into the inputs, because what is computed from them below holds for them alone.</summary>
internal static class InputPinning
{
    public static void Apply(CleanupRun run)
    {
        foreach (var input in run.Graph.Inputs)
        {
            if (run.InputShapes?.ContainsKey(input.Name) == true && run.Shapes.Of(input.Name) is { } known && Pin(input.Type.TensorType, known))
            {
                run.Record($"input fixed to {known}", input.Name);
            }
        }
    }

    private static bool Pin(TypeProto.Types.Tensor type, ValueShape known)
    {
        var shape = new TensorShapeProto();
        shape.Dim.AddRange(known.Lengths.Select((length, axis) =>
            length >= 0 ? new TensorShapeProto.Types.Dimension { DimValue = length } : type.Shape?.Dim[axis].Clone() ?? new TensorShapeProto.Types.Dimension()));
        var isNew = !shape.Equals(type.Shape);
        type.Shape = shape;
        return isNew;
    }
}
