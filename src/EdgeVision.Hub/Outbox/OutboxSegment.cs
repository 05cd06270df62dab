namespace EdgeVision.Hub;

/// <summary>A row of the database: the messages of one priority that one flush wrote together. Under the outbox's lock.</summary>
/// <param name="First">Sequence of its first message, and its key.</param>
/// <param name="Last">Sequence of its last; messages of other priorities may lie between.</param>
/// <param name="Count">Messages.</param>
/// <param name="Priority">Of all of them.</param>
/// <param name="From">When the first was made, milliseconds since 1970.</param>
/// <param name="To">When the last was.</param>
/// <param name="Expiry">When none of them is worth sending.</param>
internal sealed record OutboxSegment(long First, long Last, int Count, TelemetryPriority Priority, long From, long To, Expiry Expiry)
{
    private HashSet<long>? _taken;

    /// <summary>Of its row.</summary>
    public required int Bytes { get; init; }

    /// <summary>Its messages are in memory.</summary>
    public bool IsRead { get; set; }

    /// <summary>In the index; null when it is not there any more.</summary>
    public LinkedListNode<OutboxSegment>? Place { get; set; }

    public int Waiting => Count - (_taken?.Count ?? 0);

    public bool IsWaiting(long sequence) => _taken?.Contains(sequence) != true;

    /// <summary>The cloud has one of its messages.</summary>
    /// <returns>Whether that was the last one.</returns>
    public bool Take(long sequence)
    {
        (_taken ??= []).Add(sequence);
        return Waiting == 0;
    }
}
