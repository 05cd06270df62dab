using System.Data.Common;
using Confluent.Kafka;
using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Forwarding;

/// <summary>Brings one destination every message after the last one it has, in order, until it is told to stop.</summary>
/// <remarks>
/// What the destination has is on disk before the next messages are read, so after a crash it gets again what was on its way, and nothing is left out. A message that it calls bad is cornered
/// by sending ever fewer at a time; alone it is skipped and counted, if that was asked for, or everything pauses. Of several hubs on one database the one that holds the destination sends.
/// </remarks>
internal sealed partial class ForwardRun(Destination start, string holder, DestinationStore destinations, TelemetryStore telemetry, TimeProvider time, ILogger logger)
{
    private const int MostAtOnce = 200;
    private static readonly TimeSpan IdleWait = TimeSpan.FromMilliseconds(200), AwayWait = TimeSpan.FromSeconds(1), RenewAfter = DestinationStore.Hold / 3, MostWait = TimeSpan.FromMinutes(1);
    private readonly string _name = start.Name;
    private ITelemetrySender? _sender;
    private int _batch = MostAtOnce, _failures;
    private long? _held;
    private bool _isAway;

    public DestinationSettings Settings => start.Settings;

    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                await Task.Delay(await StepSafelyAsync(stopping), time, stopping);
            }
        }
        catch (OperationCanceledException)
        {
        }
        finally
        {
            _sender?.Dispose();
        }
    }

    /// <returns>How long to wait before the next step.</returns>
    private async Task<TimeSpan> StepSafelyAsync(CancellationToken stopping)
    {
        try
        {
            var wait = await StepAsync(stopping);
            _isAway = false;
            return wait;
        }
        catch (DbException exception)
        {
            if (!_isAway)
            {
                Log.NoDatabase(logger, _name, exception.Message);
            }

            (_isAway, _held) = (true, null);
            return AwayWait;
        }
    }

    private async Task<TimeSpan> StepAsync(CancellationToken stopping)
    {
        if (destinations.Find(_name) is not { Paused: false } destination || !Hold())
        {
            return AwayWait;
        }

        var messages = telemetry.Read(null, destination.Reached, _batch);
        if (messages.Count == 0)
        {
            return IdleWait;
        }

        var delivery = await SendAsync(messages, stopping);
        if (delivery.Taken > 0)
        {
            destinations.Advance(_name, holder, messages[delivery.Taken - 1].Sequence, delivery.Taken, skipped: 0);
        }

        return delivery.Failure == DeliveryFailure.None ? Succeed() : Fail(delivery, messages);
    }

    private bool Hold()
    {
        if (_held is { } since && time.GetElapsedTime(since) < RenewAfter)
        {
            return true;
        }

        var now = time.GetTimestamp();
        _held = destinations.TryHold(_name, holder, time.GetUtcNow()) ? now : null;
        return _held is not null;
    }

    private async Task<Delivery> SendAsync(IReadOnlyList<TelemetryMessage> messages, CancellationToken stopping)
    {
        try
        {
            _sender ??= Settings.Kind == DestinationSettings.Kafka ? new KafkaSender(Settings) : new WebhookSender(Settings, time);
            return await _sender.SendAsync(messages, stopping);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or KafkaException or ArgumentException or InvalidOperationException or System.Security.Cryptography.CryptographicException)
        {
            return new Delivery(0, DeliveryFailure.Refused, exception.Message); // the settings, or the file they name
        }
    }

    private TimeSpan Succeed()
    {
        if (_failures > 0)
        {
            Log.Recovered(logger, _name);
        }

        (_failures, _batch) = (0, Math.Min(_batch * 2, MostAtOnce));
        return TimeSpan.Zero;
    }

    private TimeSpan Fail(Delivery delivery, IReadOnlyList<TelemetryMessage> messages)
    {
        _sender?.Dispose();
        _sender = null;
        if (delivery.Failure == DeliveryFailure.BadMessage && messages.Count > 1)
        {
            _batch = Math.Max(1, messages.Count / 2);
            return TimeSpan.Zero;
        }

        if (delivery.Failure == DeliveryFailure.BadMessage && Settings.SkipRefused)
        {
            Log.Skipped(logger, _name, messages[0].Sequence, messages[0].DeviceId, delivery.Reason);
            destinations.Advance(_name, holder, messages[0].Sequence, delivered: 0, skipped: 1);
            return TimeSpan.Zero;
        }

        return delivery.Failure == DeliveryFailure.Unavailable ? WaitFor(delivery) : Pause(delivery, messages[0]);
    }

    private TimeSpan WaitFor(Delivery delivery)
    {
        if (_failures == 0)
        {
            Log.Failing(logger, _name, delivery.Reason);
        }

        destinations.Fail(_name, holder, delivery.Reason, pause: false);
        _failures++;
        var limit = TimeSpan.FromSeconds(Math.Min(MostWait.TotalSeconds, Math.Pow(2, Math.Min(_failures - 1, 10))));
        return delivery.RetryAfter ?? limit / 2 + Random.Shared.NextDouble() * limit / 2;
    }

    private TimeSpan Pause(Delivery delivery, TelemetryMessage first)
    {
        var reason = delivery.Failure == DeliveryFailure.BadMessage ? $"message {first.Sequence} of {first.DeviceId}: {delivery.Reason}" : delivery.Reason;
        Log.Paused(logger, _name, reason);
        destinations.Fail(_name, holder, reason, pause: true);
        _batch = MostAtOnce;
        return AwayWait;
    }

    private static partial class Log
    {
        [LoggerMessage(8220, LogLevel.Warning, "{Destination}: cannot be reached and is tried again: {Reason}")]
        public static partial void Failing(ILogger logger, string destination, string reason);

        [LoggerMessage(8221, LogLevel.Information, "{Destination}: takes messages again")]
        public static partial void Recovered(ILogger logger, string destination);

        [LoggerMessage(8222, LogLevel.Error, "{Destination}: paused, nothing is lost: {Reason}. Put it right, then: edgevision-cloud forward resume {Destination}")]
        public static partial void Paused(ILogger logger, string destination, string reason);

        [LoggerMessage(8223, LogLevel.Warning, "{Destination}: message {Sequence} of {Device} skipped: {Reason}")]
        public static partial void Skipped(ILogger logger, string destination, long sequence, string device, string reason);

        [LoggerMessage(8224, LogLevel.Warning, "{Destination}: waits for the database: {Reason}")]
        public static partial void NoDatabase(ILogger logger, string destination, string reason);
    }
}
