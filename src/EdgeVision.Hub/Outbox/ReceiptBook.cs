namespace EdgeVision.Hub;

/// <summary>The drop receipts: one grows for each cause and priority until it is delivered, then another begins. Under the outbox's lock.</summary>
/// <remarks>
/// A receipt is written to the database in the transaction that drops the messages. The message that delivers it is an ordinary one; when that is on the disk or taken, the
/// receipt is settled. Between the two a restart makes a second message of the same number, never of a lower count.
/// </remarks>
internal sealed class ReceiptBook
{
    private readonly List<DropReceipt> _open = [];
    private readonly HashSet<long> _issued = [];
    private readonly HashSet<long> _unsaved = [];
    private long _number;

    /// <summary>Since the database was begun.</summary>
    public long Total { get; private set; }

    public bool HasOpen => _open.Any(receipt => !_issued.Contains(receipt.Number));

    public bool IsUnsaved => _unsaved.Count > 0;

    /// <summary>From the database, at the start; what was counted before it was there is added to it.</summary>
    public void Load(IEnumerable<DropReceipt> receipts, long last, long total)
    {
        // one that is on its way already needs no database any more
        var early = _open.Where(receipt => !_issued.Contains(receipt.Number)).ToArray();
        (_number, Total) = (Math.Max(_number, last), Total + total);
        _open.Clear();
        _issued.Clear();
        _unsaved.Clear();
        _open.AddRange(receipts);
        foreach (var receipt in early)
        {
            Total -= receipt.Count;
            Add(receipt);
        }
    }

    public void Add(DropReceipt dropped)
    {
        Total += dropped.Count;
        var at = _open.FindIndex(receipt => receipt.Cause == dropped.Cause && receipt.Priority == dropped.Priority && !_issued.Contains(receipt.Number));
        if (at >= 0)
        {
            _open[at] = _open[at].With(dropped);
        }
        else
        {
            at = _open.Count;
            _open.Add(dropped with { Number = ++_number });
        }

        _unsaved.Add(_open[at].Number);
    }

    /// <summary>Those to be delivered now; they grow no further.</summary>
    public IReadOnlyList<DropReceipt> Issue()
    {
        var issued = _open.Where(receipt => !_issued.Contains(receipt.Number)).ToArray();
        _issued.UnionWith(issued.Select(receipt => receipt.Number));
        return issued;
    }

    /// <summary>A message carries it now that will not be lost.</summary>
    public void Settle(long number)
    {
        if (_open.RemoveAll(receipt => receipt.Number == number) > 0)
        {
            _issued.Remove(number);
            _unsaved.Add(number);
        }
    }

    /// <summary>What the database has to be told: receipts as they are, and numbers that are settled.</summary>
    public (IReadOnlyList<DropReceipt> Open, IReadOnlyList<long> Settled) Unsaved() =>
        ([.. _open.Where(receipt => _unsaved.Contains(receipt.Number))], [.. _unsaved.Where(number => _open.TrueForAll(receipt => receipt.Number != number))]);

    /// <summary>The database is another one, and knows nothing.</summary>
    public void Unsave() => _unsaved.UnionWith(_open.Select(receipt => receipt.Number));

    public void Saved(IReadOnlyList<DropReceipt> open, IReadOnlyList<long> settled)
    {
        // one that grew meanwhile is another record
        _unsaved.ExceptWith(open.Where(_open.Contains).Select(receipt => receipt.Number));
        _unsaved.ExceptWith(settled);
    }
}
