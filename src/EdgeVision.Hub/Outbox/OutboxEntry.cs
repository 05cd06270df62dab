namespace EdgeVision.Hub;

/// <summary>One message that waits, in memory. Under the outbox's lock.</summary>
/// <param name="sequence">Of the device.</param>
/// <param name="message">As it was added.</param>
/// <param name="boot">Start of the machine in which it was made.</param>
/// <param name="stamp">When, by <see cref="KernelClock"/>.</param>
internal sealed class OutboxEntry(long sequence, TelemetryMessage message, long boot, long stamp)
{
    /// <summary>Changes only when a database turns up late whose numbers go further.</summary>
    public long Sequence { get; set; } = sequence;

    public TelemetryMessage Message => message;

    public long Boot => boot;

    public long Stamp => stamp;

    public Expiry Expiry { get; } = Expiry.Of(message, boot, stamp);

    /// <summary>By the wall clock, milliseconds since 1970.</summary>
    public long MadeAt => message.Created.ToUnixTimeMilliseconds();

    public int Bytes => message.Body.Length + 128;

    /// <summary>Where it is on the disk; null = only here.</summary>
    public OutboxSegment? Segment { get; set; }

    /// <summary>It is being written to the disk.</summary>
    public bool IsBeingWritten { get; set; }

    /// <summary>It is on its way to the cloud.</summary>
    public bool IsSent { get; set; }

    /// <summary>The cloud has it.</summary>
    public bool IsTaken { get; set; }

    /// <summary>It was made before this connection.</summary>
    public bool IsBacklog { get; set; }
}
