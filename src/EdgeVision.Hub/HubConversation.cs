using System.Text;
using Microsoft.Extensions.Logging;

namespace EdgeVision.Hub;

/// <summary>Everything that goes on while one connection lasts: telemetry and reports out, wishes and methods in, and an eye on the hub being alive.</summary>
/// <remarks>Each part is a loop of its own; the first that ends, ends the conversation. What was not acknowledged stays in outbox and mirror for the next one.</remarks>
internal sealed partial class HubConversation(HubSession session, HubOptions options, HubConnectionString hub, TelemetryOutbox outbox, TwinTalk twin, MethodTable methods, CloudMailbox? messages, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan CloseLook = TimeSpan.FromSeconds(1), Drain = TimeSpan.FromSeconds(5), LastDrain = TimeSpan.FromMilliseconds(500);

    /// <summary>The hub took one message.</summary>
    public required Action Sent { get; init; }

    /// <returns>None when it is time for a new token; otherwise why the connection is of no use any more.</returns>
    public async Task<HubFailure> RunAsync(CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var broken = new CancellationTokenSource();
        var reading = ReadAsync(broken.Token); // to the very end: acknowledgements and answers come this way
        Task<HubFailure>[] parts = [reading, twin.RunAsync(ending.Token), TelemetryAsync(ending.Token, broken.Token), WatchAsync(ending.Token), .. CloudMessages(ending.Token, broken.Token)];
        var first = await Task.WhenAny(parts).ConfigureAwait(false);
        await ending.CancelAsync().ConfigureAwait(false);
        await EndAsync(first, parts[1..], broken, stopping).ConfigureAwait(false);
        await ((Task)Task.WhenAll(parts)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return stopping.IsCancellationRequested ? HubFailure.None : await first.ConfigureAwait(false);
    }

    /// <summary>At a planned end a message on its way gets its acknowledgement, so that it is not sent twice; a broken connection gives none.</summary>
    private static async Task EndAsync(Task<HubFailure> first, Task<HubFailure>[] sending, CancellationTokenSource broken, CancellationToken stopping)
    {
        if (stopping.IsCancellationRequested || first is { IsCompletedSuccessfully: true, Result: HubFailure.None })
        {
            broken.CancelAfter(stopping.IsCancellationRequested ? LastDrain : Drain);
            await ((Task)Task.WhenAll(sending)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await broken.CancelAsync().ConfigureAwait(false);
    }

    private async Task<HubFailure> ReadAsync(CancellationToken ending)
    {
        await foreach (var inbound in session.Inbound.ReadAllAsync(ending).ConfigureAwait(false))
        {
            switch (inbound.Topic.Kind)
            {
                case HubTopicKind.TwinResponse:
                    session.Answer(inbound);
                    break;
                case HubTopicKind.TwinDesired:
                    twin.Desired(inbound.Payload);
                    break;
                case HubTopicKind.DeviceBound when messages is not null:
                    messages.Deliver(inbound);
                    break;
                case HubTopicKind.MethodRequest:
                    _ = AnswerMethodAsync(inbound, ending);
                    break;
                default:
                    Log.Unexpected(logger, inbound.Topic.Kind);
                    break;
            }
        }

        // the library gives up on a silent hub too, and calls it closed
        return session.SilentFor.TotalSeconds >= options.KeepAliveSeconds ? HubFailure.TimedOut : HubFailure.Closed;
    }

    private async Task AnswerMethodAsync(HubInbound request, CancellationToken ending)
    {
        var result = await methods.CallAsync(request.Topic.Name, request.Payload, ending).ConfigureAwait(false);
        Log.Answered(logger, request.Topic.Name, result.Status);
        try
        {
            var payload = result.Payload is null ? [] : Encoding.UTF8.GetBytes(result.Payload.ToJsonString());
            await session.PublishAsync(HubTopic.MethodResponse(result.Status, request.Topic.RequestId), payload, ending).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // whoever asked sees a time-out; the connection's own parts judge whether it is still good
            Log.AnswerLost(logger, request.Topic.Name, exception.Message);
        }
    }

    private Task<HubFailure>[] CloudMessages(CancellationToken ending, CancellationToken broken) => messages is null ? [] : [messages.RunAsync(ending, broken)];

    private async Task<HubFailure> TelemetryAsync(CancellationToken ending, CancellationToken broken)
    {
        while (true)
        {
            var message = await outbox.FirstAsync(ending).ConfigureAwait(false);
            await session.PublishAsync(HubTopic.Telemetry(hub.DeviceId, message.Properties()), message.Body, broken).ConfigureAwait(false);
            outbox.Taken(message);
            Sent();
        }
    }

    private async Task<HubFailure> WatchAsync(CancellationToken ending)
    {
        var since = time.GetTimestamp();
        var life = hub.SharedAccessKey.Length == 0 ? TimeSpan.MaxValue : TimeSpan.FromMinutes(options.TokenMinutes * TokenPart());
        var silence = TimeSpan.FromSeconds(options.KeepAliveSeconds * 1.5);
        while (time.GetElapsedTime(since) < life)
        {
            await Task.Delay(CloseLook, time, ending).ConfigureAwait(false);
            if (session.SilentFor > silence)
            {
                return HubFailure.TimedOut;
            }
        }

        return HubFailure.None;
    }

#pragma warning disable CA5394 // spreads the renewals of a fleet that was started together; nothing secret hangs on it
    private static double TokenPart() => 0.75 + 0.1 * Random.Shared.NextDouble();
#pragma warning restore CA5394

    private static partial class Log
    {
        [LoggerMessage(3011, LogLevel.Debug, "hub: a message of kind {Kind} was not expected")]
        public static partial void Unexpected(ILogger logger, HubTopicKind kind);

        [LoggerMessage(3012, LogLevel.Information, "hub: method {Method} answered with {Status}")]
        public static partial void Answered(ILogger logger, string method, int status);

        [LoggerMessage(3013, LogLevel.Warning, "hub: the answer to method {Method} could not be sent: {Reason}")]
        public static partial void AnswerLost(ILogger logger, string method, string reason);
    }
}
