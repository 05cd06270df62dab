using System.Data.Common;
using System.Threading.Channels;
using EdgeVision.Cloud.Operations;
using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Mqtt;

/// <summary>Takes messages in and says when they are safe.</summary>
/// <remarks>
/// A QoS 1 message is acknowledged when the transaction that holds it is on disk. The MQTT server handles the packets of one device one after the other, so while it waits for that
/// only this device's next packet waits; and because one writer stores everything that has gathered in one transaction, a hundred devices share one fsync (group commit).
/// A QoS 0 message is handed over and not waited for. At most 1024 messages wait; beyond that senders are slowed down.
/// </remarks>
internal sealed partial class TelemetryIntake(TelemetryStore store, AuditTrail audit, HubCounters counters, TimeProvider time, ILogger<TelemetryIntake> logger)
{
    private const int MaxWaiting = 1024, MaxBatch = 256;
    private static readonly TimeSpan TrimInterval = TimeSpan.FromMinutes(1);

    private readonly Channel<Arrival> _arrivals = Channel.CreateBounded<Arrival>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
    private long _trimmed;
    private Task _writing = Task.CompletedTask;

    private sealed record Arrival(TelemetryMessage Message, TaskCompletionSource? Stored);

    /// <summary>Messages that were taken in and are not stored yet.</summary>
    public int Waiting => _arrivals.Reader.Count;

    public void Start() => _writing = Task.Run(WriteAsync);

    /// <summary>Stores what has been taken in, and takes no more.</summary>
    public async Task StopAsync()
    {
        _arrivals.Writer.TryComplete();
        await _writing;
    }

    /// <param name="message">What was received.</param>
    /// <param name="untilStored">Whether to return only when it would survive a power cut.</param>
    /// <exception cref="CloudException">It could not be stored; the sender must not be told that it was.</exception>
    public async Task AcceptAsync(TelemetryMessage message, bool untilStored)
    {
        var stored = untilStored ? new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) : null;
        await _arrivals.Writer.WriteAsync(new Arrival(message, stored));
        if (stored is not null)
        {
            await stored.Task;
        }
    }

    private async Task WriteAsync()
    {
        var batch = new List<Arrival>(MaxBatch);
        while (await _arrivals.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < MaxBatch && _arrivals.Reader.TryRead(out var arrival))
            {
                batch.Add(arrival);
            }

            Store(batch);
            TrimNowAndThen();
        }
    }

    private void Store(List<Arrival> batch)
    {
        try
        {
            var began = time.GetTimestamp();
            store.Append([.. batch.Select(arrival => arrival.Message)]);
            Count(batch, time.GetElapsedTime(began));
            batch.ForEach(arrival => arrival.Stored?.TrySetResult());
        }
        catch (DbException exception)
        {
            counters.NotStored.Add(batch.Count);
            Log.NotStored(logger, batch.Count, exception.Message);
            var failure = new CloudException($"Telemetry cannot be stored: {exception.Message}", exception);
            batch.ForEach(arrival => arrival.Stored?.TrySetException(failure));
        }
    }

    private void Count(List<Arrival> batch, TimeSpan took)
    {
        counters.Messages.Add(batch.Count);
        counters.MessageBytes.Add(batch.Sum(arrival => arrival.Message.Body.Length));
        counters.Stores.Increment();
        counters.StoreMicroseconds.Add((long)took.TotalMicroseconds);
    }

    private void TrimNowAndThen()
    {
        if (_trimmed != 0 && time.GetElapsedTime(_trimmed) < TrimInterval)
        {
            return;
        }

        _trimmed = time.GetTimestamp();
        try
        {
            foreach (var (destination, lost) in store.Trim(time.GetUtcNow()))
            {
                Log.Lost(logger, lost, destination);
            }

            audit.Trim();
        }
        catch (DbException exception)
        {
            Log.NotTrimmed(logger, exception.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(8110, LogLevel.Error, "{Count} messages could not be stored and were not acknowledged: {Reason}")]
        public static partial void NotStored(ILogger logger, int count, string reason);

        [LoggerMessage(8112, LogLevel.Error, "{Count} messages were too old or too many to be kept, and the destination {Destination} has not got them")]
        public static partial void Lost(ILogger logger, long count, string destination);

        [LoggerMessage(8111, LogLevel.Warning, "Old messages could not be removed: {Reason}")]
        public static partial void NotTrimmed(ILogger logger, string reason);
    }
}
