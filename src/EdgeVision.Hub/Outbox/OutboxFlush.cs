namespace EdgeVision.Hub;

/// <summary>One transaction: messages into segments, room made for them, what is of no use any more out. On the writer's loop.</summary>
/// <param name="book">What waits.</param>
/// <param name="gate">The outbox's lock; never held while the disk works.</param>
/// <param name="budget">Bytes that the pages of the database may take; the log has its own share of the cap.</param>
internal sealed class OutboxFlush(OutboxBook book, Lock gate, long budget)
{
    private const long SegmentBytes = 64 << 10;

    /// <param name="store">Where to.</param>
    /// <param name="entries">Of <see cref="OutboxBook.ToWrite"/>.</param>
    /// <param name="next">Sequence with which another process would begin.</param>
    public void Write(OutboxStore store, IReadOnlyList<OutboxEntry> entries, long next)
    {
        try
        {
            var pieces = PiecesOf(entries);
            MakeRoom(store.UsedBytes, pieces);
            var batch = BatchOf(pieces, next);
            store.Commit(batch);
            lock (gate)
            {
                book.Deleted(batch.Removed);
                pieces.ForEach(piece => book.Written(piece.Segment, piece.Entries));
                book.Receipts.Saved(batch.Receipts, batch.Settled);
            }
        }
        finally
        {
            lock (gate)
            {
                OutboxBook.NotWritten(entries);
            }
        }

        if (book.Segments.Count == 0)
        {
            store.Shrink();
        }
    }

    /// <summary>One segment for each priority, and no longer than can be given up at once.</summary>
    private static List<Piece> PiecesOf(IReadOnlyList<OutboxEntry> entries)
    {
        var pieces = new List<Piece>();
        foreach (var group in entries.GroupBy(entry => (entry.Message.Priority, entry.Boot)))
        {
            var some = new List<OutboxEntry>();
            var bytes = 0L;
            foreach (var entry in group)
            {
                if ((bytes += entry.Bytes) > SegmentBytes && some.Count > 0)
                {
                    pieces.Add(Piece.Of(some));
                    (some, bytes) = ([], entry.Bytes);
                }

                some.Add(entry);
            }

            pieces.Add(Piece.Of(some));
        }

        return pieces;
    }

    /// <summary>Expired, then the lowest priority, then the oldest: of what is on the disk and of what would go there.</summary>
    private void MakeRoom(long used, List<Piece> pieces)
    {
        // a body that does not fill its last page costs up to a page more
        var over = used + pieces.Sum(piece => (long)piece.Body.Length + OutboxSchema.PageBytes) - budget;
        var isExpired = book.Expired();
        while (over > 0)
        {
            lock (gate)
            {
                var written = book.Segments.Victim(isExpired);
                var lowest = pieces.Where(piece => piece.Segment.Priority != TelemetryPriority.Receipt).MinBy(piece => piece.Segment.Priority);
                if (written is not null && (lowest is null || written.Priority <= lowest.Segment.Priority || isExpired(written.Expiry)))
                {
                    book.Drop(written, isExpired(written.Expiry) ? DropCause.Expired : DropCause.Disk);
                    over -= written.Bytes;
                }
                else if (lowest is not null)
                {
                    GiveUp(lowest);
                    pieces.Remove(lowest);
                    over -= lowest.Body.Length + OutboxSchema.PageBytes;
                }
                else
                {
                    return;
                }
            }
        }
    }

    private void GiveUp(Piece piece)
    {
        foreach (var entry in piece.Entries)
        {
            book.Drop(entry, DropCause.Disk);
        }
    }

    private OutboxBatch BatchOf(List<Piece> pieces, long next)
    {
        lock (gate)
        {
            var (open, settled) = book.Receipts.Unsaved();
            var carried = pieces.SelectMany(piece => piece.Entries).Select(entry => entry.Message.Receipt).Where(number => number > 0);
            return new OutboxBatch
            {
                Added = [.. pieces.Select(piece => (piece.Segment, piece.Body))], Removed = book.Useless(), Receipts = open, Settled = [.. settled.Concat(carried).Distinct()],
                Next = next, Dropped = book.Receipts.Total,
            };
        }
    }

    /// <summary>A segment that is not on the disk yet.</summary>
    private sealed record Piece(OutboxSegment Segment, byte[] Body, IReadOnlyList<OutboxEntry> Entries)
    {
        public static Piece Of(List<OutboxEntry> entries)
        {
            var body = SegmentFormat.Encode(entries);
            var segment = new OutboxSegment(
                entries[0].Sequence, entries[^1].Sequence, entries.Count, entries[0].Message.Priority, entries.Min(entry => entry.MadeAt), entries.Max(entry => entry.MadeAt),
                entries.Select(entry => entry.Expiry).Aggregate((one, other) => one.Or(other))) { Bytes = body.Length };
            return new Piece(segment, body, entries);
        }
    }
}
