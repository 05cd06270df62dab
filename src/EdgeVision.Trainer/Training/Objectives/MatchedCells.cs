namespace EdgeVision.Trainer.Training;

/// <summary>The cells of a batch that are to find an object, as arrays that tensors are made of.</summary>
internal sealed class MatchedCells(int classes)
{
    private readonly List<long> _rows = [], _ignored = [];
    private readonly List<float> _places = [], _bounds = [], _classes = [];

    public int Count => _rows.Count;

    /// <summary>Where each stands in the answer, all pictures behind each other.</summary>
    public long[] Rows => [.. _rows];

    /// <summary>Column, row and stride of each.</summary>
    public float[] Places => [.. _places];

    /// <summary>Left, top, right and bottom of the object of each, in pixels of the input.</summary>
    public float[] Bounds => [.. _bounds];

    /// <summary>For each a row of classes: how far it overlaps at the object's class, 0 elsewhere.</summary>
    public float[] Classes => [.. _classes];

    /// <summary>Where cells stand of which it is not asked whether there is an object.</summary>
    public long[] Ignored => [.. _ignored];

    /// <summary>Begins a batch.</summary>
    public void Clear()
    {
        _rows.Clear();
        _ignored.Clear();
        _places.Clear();
        _bounds.Clear();
        _classes.Clear();
    }

    public void Add(int picture, CellGrid grid, CellAssigner assigner, IReadOnlyList<VersionBox> boxes)
    {
        for (var i = 0; i < grid.Cells.Count; i++)
        {
            var (row, truth) = (picture * grid.Cells.Count + i, assigner.Truths[i]);
            if (truth == CellAssigner.Ignored)
            {
                _ignored.Add(row);
            }
            else if (truth >= 0)
            {
                Add(row, grid.Cells[i], boxes[truth], assigner.Overlaps[i]);
            }
        }
    }

    private void Add(int row, Cell cell, VersionBox box, float overlap)
    {
        _rows.Add(row);
        _places.AddRange([cell.Column, cell.Row, cell.Stride]);
        _bounds.AddRange([box.X1, box.Y1, box.X2, box.Y2]);
        _classes.AddRange(Enumerable.Range(0, classes).Select(id => id == box.Class ? overlap : 0));
    }
}
