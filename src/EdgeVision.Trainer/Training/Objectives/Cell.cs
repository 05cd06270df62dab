using EdgeVision.Imaging;

namespace EdgeVision.Trainer.Training;

/// <summary>One cell of a detector's answer.</summary>
/// <param name="Stride">Pixels of the input that it is wide and high.</param>
internal readonly record struct Cell(int Column, int Row, int Stride)
{
    /// <summary>What its row says, in pixels of the input: as <see cref="Inference.YoloxDecoder"/> reads it.</summary>
    public BoundingBox BoxOf(ReadOnlySpan<float> row) =>
        BoundingBox.FromCentre((row[0] + Column) * Stride, (row[1] + Row) * Stride, MathF.Exp(row[2]) * Stride, MathF.Exp(row[3]) * Stride);

    public bool HasCentreIn(VersionBox box)
    {
        var (x, y) = ((Column + 0.5f) * Stride, (Row + 0.5f) * Stride);
        return x >= box.X1 && x < box.X2 && y >= box.Y1 && y < box.Y2;
    }
}
