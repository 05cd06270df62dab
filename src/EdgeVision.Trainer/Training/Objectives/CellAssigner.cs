using EdgeVision.Imaging;

namespace EdgeVision.Trainer.Training;

/// <summary>Which cells of a detector's answer are to find which object of one picture: SimOTA (Ge et al. 2021, "YOLOX", 2107.08430, section 2.1).</summary>
/// <remarks>
/// Candidates of an object are the cells around its centre, at every stride. It gets as many as its ten best overlaps sum to (one at least), those that already come nearest to it in class and
/// place; a cell that several want goes to the one that it is nearest to. So the answer as it is decides at which stride an object is learnt. In managed code, because that is a thousand cells and not
/// all pairs: a picture takes microseconds. Reused from picture to picture. One thread.
/// </remarks>
internal sealed class CellAssigner(CellGrid grid, int classes)
{
    /// <summary>In <see cref="Truths"/>: nothing is there.</summary>
    public const int Nothing = -1;

    /// <summary>In <see cref="Truths"/>: what is there is neither learnt nor counted.</summary>
    public const int Ignored = -2;

    private const float Reach = 1.5f; // strides, as YOLOX's published code has it
    private const int MostCells = 10;
    private const float OverlapWeight = 3;
    private const float Least = 1e-8f;

    private readonly int _rowLength = 5 + classes;
    private readonly float[] _costs = new float[grid.Cells.Count];
    private readonly List<(int Cell, float Overlap, float Cost)> _candidates = [];

    /// <summary>For each cell the object that it is to find, into the boxes; or <see cref="Nothing"/>, <see cref="Ignored"/>.</summary>
    public int[] Truths { get; } = new int[grid.Cells.Count];

    /// <summary>For each cell with an object how far its box overlaps it already, 0 to 1.</summary>
    public float[] Overlaps { get; } = new float[grid.Cells.Count];

    /// <param name="rows">The answer for the picture, scores as logits.</param>
    public void Assign(ReadOnlySpan<float> rows, IReadOnlyList<VersionBox> boxes)
    {
        Array.Fill(Truths, Nothing);
        for (var truth = 0; truth < boxes.Count; truth++)
        {
            if (!boxes[truth].Ignored)
            {
                Find(rows, boxes[truth]);
                Take(truth);
            }
        }

        foreach (var box in boxes.Where(box => box.Ignored))
        {
            for (var cell = 0; cell < Truths.Length; cell++)
            {
                Truths[cell] = Truths[cell] == Nothing && grid.Cells[cell].HasCentreIn(box) ? Ignored : Truths[cell];
            }
        }
    }

    private void Find(ReadOnlySpan<float> rows, VersionBox box)
    {
        _candidates.Clear();
        var bounds = new BoundingBox(box.X1, box.Y1, box.X2, box.Y2);
        foreach (var cell in grid.Around((box.X1 + box.X2) / 2, (box.Y1 + box.Y2) / 2, Reach))
        {
            var row = rows.Slice(cell * _rowLength, _rowLength);
            var overlap = grid.Cells[cell].BoxOf(row).IntersectionOverUnion(bounds);
            overlap = float.IsFinite(overlap) ? overlap : 0;
            _candidates.Add((cell, overlap, ClassCost(row, box.Class) - OverlapWeight * MathF.Log(overlap + Least)));
        }
    }

    private void Take(int truth)
    {
        var count = Math.Max(1, (int)_candidates.Select(candidate => candidate.Overlap).OrderDescending().Take(MostCells).Sum());
        foreach (var (cell, overlap, cost) in _candidates.OrderBy(candidate => candidate.Cost).Take(count))
        {
            if (Truths[cell] == Nothing || cost < _costs[cell])
            {
                (Truths[cell], Overlaps[cell], _costs[cell]) = (truth, overlap, cost);
            }
        }
    }

    /// <summary>Binary cross entropy of the classes' confidences, the roots of objectness times class.</summary>
    private static float ClassCost(ReadOnlySpan<float> row, int truth)
    {
        var (cost, isObject) = (0f, Sigmoid(row[4]));
        for (var i = 5; i < row.Length; i++)
        {
            var confidence = MathF.Sqrt(isObject * Sigmoid(row[i]));
            cost -= MathF.Log(MathF.Max(Least, i - 5 == truth ? confidence : 1 - confidence));
        }

        return cost;
    }

    private static float Sigmoid(float logit) => 1 / (1 + MathF.Exp(-logit));
}
