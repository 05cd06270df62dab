using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace EdgeVision.Hub;

/// <summary>What happened to the outbox, told to whoever makes events of it. What happens before anybody listens is kept.</summary>
/// <remarks>Told by the writer's loop, outside all locks, because the listener adds a message in answer.</remarks>
internal sealed partial class OutboxNotices(OutboxBook book, Lock gate, KernelClock kernel, ILogger logger)
{
    private const long ReceiptPause = 60_000;
    private const int MostKept = 100;
    private readonly ConcurrentQueue<OutboxNotice> _waiting = new();
    private long _receiptsAt;

    public Action<OutboxNotice>? Listener { get; set; }

    /// <summary>Whether a message of a receipt would be sent now. Under the outbox's lock.</summary>
    public bool IsConnected { get; set; }

    /// <summary>When there is something to tell, milliseconds of the kernel's clock; null = nothing. Under the outbox's lock.</summary>
    public long? Due => Listener is null ? null : !_waiting.IsEmpty ? 0 : IsConnected && book.Receipts.HasOpen ? _receiptsAt : null;

    public void Add(string @event, string reason, string detail)
    {
        if (_waiting.Count < MostKept)
        {
            _waiting.Enqueue(new OutboxNotice(@event, reason, detail));
        }
    }

    public void Tell()
    {
        while (Listener is { } listener && _waiting.TryDequeue(out var notice))
        {
            listener(notice);
        }

        foreach (var receipt in Receipts())
        {
            Log.Dropped(logger, receipt.Count, receipt.Priority, receipt.First, receipt.Last, receipt.Cause);
            Listener!(new OutboxNotice("outbox.dropped", receipt.Cause.ToString(), $"{receipt.Count} messages of priority {receipt.Priority} were given up") { Receipt = receipt });
        }
    }

    /// <summary>Each once, when it can be sent, and not one for every few messages.</summary>
    private IReadOnlyList<DropReceipt> Receipts()
    {
        lock (gate)
        {
            if (!IsConnected || Listener is null || !book.Receipts.HasOpen || kernel.Now < _receiptsAt)
            {
                return [];
            }

            _receiptsAt = kernel.Now + ReceiptPause;
            return book.Receipts.Issue();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3066, LogLevel.Warning, "outbox: {Count} message(s) of priority {Priority}, sequence {First} to {Last}, were given up: {Cause}")]
        public static partial void Dropped(ILogger logger, long count, TelemetryPriority priority, long first, long last, DropCause cause);
    }
}
