namespace EdgeVision.Hub;

/// <summary>What one transaction changes.</summary>
internal sealed record OutboxBatch
{
    public required IReadOnlyList<(OutboxSegment Segment, byte[] Body)> Added { get; init; }

    /// <summary>Keys of segments: taken ones and those that made room.</summary>
    public required IReadOnlyList<long> Removed { get; init; }

    public required IReadOnlyList<DropReceipt> Receipts { get; init; }

    /// <summary>Numbers of receipts that are delivered, or on their way in a message that is on the disk.</summary>
    public required IReadOnlyList<long> Settled { get; init; }

    /// <summary>Sequence with which the next process begins.</summary>
    public required long Next { get; init; }

    public required long Dropped { get; init; }
}
