namespace EdgeVision.Trainer.Training;

/// <summary>The cells of a detector's answer, in the order of its rows: one map for each stride, line after line.</summary>
/// <remarks>Example: 64x64 at strides 8, 16 and 32 are 64 + 16 + 4 cells; cell 64 is the first of stride 16, over pixels 0 to 16. Immutable, any thread.</remarks>
internal sealed class CellGrid
{
    private readonly (int Stride, int Columns, int Rows, int First)[] _maps;

    public CellGrid(IReadOnlyList<int> strides, int width, int height)
    {
        _maps = new (int, int, int, int)[strides.Count];
        var cells = new List<Cell>();
        for (var i = 0; i < _maps.Length; i++)
        {
            var (columns, rows) = (width / strides[i], height / strides[i]);
            _maps[i] = (strides[i], columns, rows, cells.Count);
            cells.AddRange(Enumerable.Range(0, rows * columns).Select(cell => new Cell(cell % columns, cell / columns, strides[i])));
        }

        Cells = [.. cells];
    }

    public IReadOnlyList<Cell> Cells { get; }

    /// <summary>Cells of every map whose centres are nearer to a point than <paramref name="reach"/> strides, across and down.</summary>
    public IEnumerable<int> Around(float x, float y, float reach)
    {
        foreach (var (stride, columns, rows, first) in _maps)
        {
            var (left, right) = Range(x / stride, reach, columns);
            var (top, bottom) = Range(y / stride, reach, rows);
            for (var row = top; row < bottom; row++)
            {
                for (var column = left; column < right; column++)
                {
                    yield return first + row * columns + column;
                }
            }
        }
    }

    // |cell + 1/2 - place| < reach
    private static (int First, int End) Range(float place, float reach, int cells) =>
        (Math.Max(0, (int)MathF.Floor(place - 0.5f - reach) + 1), Math.Min(cells, (int)MathF.Ceiling(place - 0.5f + reach)));
}
