using System.Text;
using Microsoft.Extensions.Logging;

namespace EdgeVision.Hub;

/// <summary>Everything that goes on while one connection lasts: telemetry and reports out, wishes and methods in, and an eye on the hub being alive.</summary>
/// <remarks>Each part is a loop of its own; the first that ends, ends the conversation. What was not acknowledged stays in outbox and mirror for the next one.</remarks>
internal sealed partial class HubConversation(HubSession session, HubOptions options, HubConnectionString hub, TelemetryPump pump, TwinTalk twin, MethodTable methods, CloudMailbox? messages, ILogger logger)
{
    /// <returns>None when it is time for a new token; otherwise why the connection is of no use any more.</returns>
    public Task<HubFailure> RunAsync(CancellationToken stopping)
    {
        Func<CancellationToken, CancellationToken, Task<HubFailure>>[] parts = [(ending, _) => twin.RunAsync(ending), TelemetryAsync, (ending, _) => WatchAsync(ending)];
        return ConnectionParts.RunAsync(ReadAsync, messages is null ? parts : [.. parts, messages.RunAsync], stopping);
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

        return session.HowItEnded(options.KeepAliveSeconds);
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

    private async Task<HubFailure> TelemetryAsync(CancellationToken ending, CancellationToken broken)
    {
        await pump.RunAsync((message, lost) => session.PublishAsync(HubTopic.Telemetry(hub.DeviceId, message.Properties()), message.Body, lost), ending, broken).ConfigureAwait(false);
        return HubFailure.None;
    }

    /// <summary>A certificate needs no renewal within a connection: it is looked at anew with each.</summary>
    private Task<HubFailure> WatchAsync(CancellationToken ending) =>
        session.WatchAsync(options.KeepAliveSeconds, hub.SharedAccessKey.Length == 0 ? TimeSpan.MaxValue : TimeSpan.FromMinutes(options.TokenMinutes * TokenPart()), ending);

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
