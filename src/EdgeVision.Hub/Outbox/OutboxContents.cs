namespace EdgeVision.Hub;

/// <summary>What a database holds when it is opened; bodies are read when they are sent.</summary>
/// <param name="Segments">In the order of their first message.</param>
/// <param name="Receipts">Not delivered yet.</param>
/// <param name="LastReceipt">Highest number so far.</param>
/// <param name="Next">Sequence to go on with.</param>
/// <param name="Dropped">Since the database was begun.</param>
internal sealed record OutboxContents(IReadOnlyList<OutboxSegment> Segments, IReadOnlyList<DropReceipt> Receipts, long LastReceipt, long Next, long Dropped);
