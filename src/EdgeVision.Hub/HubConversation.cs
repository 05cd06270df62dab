using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace EdgeVision.Hub;

/// <summary>Everything that goes on while one connection lasts: telemetry and reports out, wishes and methods in, and an eye on the hub being alive.</summary>
/// <remarks>Each part is a loop of its own; the first that ends, ends the conversation. What was not acknowledged stays in outbox and mirror for the next one.</remarks>
internal sealed partial class HubConversation(HubSession session, HubOptions options, TelemetryPump pump, TwinMirror twin, MethodTable methods, ILogger logger)
{
    /// <summary>The whole desired section, when it was read and after each change.</summary>
    public required Action<JsonObject> DesiredChanged { get; init; }

    /// <returns>None when it is time for a new token; otherwise why the connection is of no use any more.</returns>
    public Task<HubFailure> RunAsync(CancellationToken stopping)
    {
        twin.Forget();
        return ConnectionParts.RunAsync(ReadAsync, [(ending, _) => TwinAsync(ending), TelemetryAsync, (ending, _) => WatchAsync(ending)], stopping);
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
                    ApplyDesired(inbound.Payload);
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

    private void ApplyDesired(byte[] payload)
    {
        if (Parse(payload) is not { } patch)
        {
            Log.NotJson(logger);
        }
        else if (twin.Patch(patch) is { } desired)
        {
            DesiredChanged(desired);
        }
    }

    /// <summary>Reads the document first, and again when a change was lost; then reports whatever the hub does not know.</summary>
    private async Task<HubFailure> TwinAsync(CancellationToken ending)
    {
        while (true)
        {
            if (!twin.IsLoaded)
            {
                DesiredChanged(twin.Load(await AskForTwinAsync(ending).ConfigureAwait(false)));
            }

            if (twin.Outstanding() is { } patch)
            {
                await ReportAsync(patch, ending).ConfigureAwait(false);
            }

            await twin.ChangedAsync(ending).ConfigureAwait(false);
        }
    }

    private async Task<JsonObject> AskForTwinAsync(CancellationToken ending)
    {
        var answer = await session.AskAsync(HubTopic.TwinGet, [], ending).ConfigureAwait(false);
        return answer.Topic.Status == 200 && Parse(answer.Payload) is { } document
            ? document
            : throw new HubException($"the hub answered the request for the twin with status {answer.Topic.Status}");
    }

    private async Task ReportAsync(JsonObject patch, CancellationToken ending)
    {
        var answer = await session.AskAsync(HubTopic.TwinReport, Encoding.UTF8.GetBytes(patch.ToJsonString()), ending).ConfigureAwait(false);
        if (answer.Topic.Status is 200 or 204)
        {
            twin.Known(patch);
        }
        else
        {
            Log.ReportRefused(logger, answer.Topic.Status, Encoding.UTF8.GetString(answer.Payload));
        }
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
        await pump.RunAsync((message, lost) => session.PublishAsync(HubTopic.Telemetry(options.ConnectionString.DeviceId, message.Properties()), message.Body, lost), ending, broken).ConfigureAwait(false);
        return HubFailure.None;
    }

    private Task<HubFailure> WatchAsync(CancellationToken ending) => session.WatchAsync(options.KeepAliveSeconds, TimeSpan.FromMinutes(options.TokenMinutes * TokenPart()), ending);

#pragma warning disable CA5394 // spreads the renewals of a fleet that was started together; nothing secret hangs on it
    private static double TokenPart() => 0.75 + 0.1 * Random.Shared.NextDouble();
#pragma warning restore CA5394

    private static JsonObject? Parse(byte[] payload)
    {
        try
        {
            return JsonNode.Parse(payload) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3010, LogLevel.Warning, "hub: a change of the desired properties is not a JSON object and was ignored")]
        public static partial void NotJson(ILogger logger);

        [LoggerMessage(3011, LogLevel.Debug, "hub: a message of kind {Kind} was not expected")]
        public static partial void Unexpected(ILogger logger, HubTopicKind kind);

        [LoggerMessage(3012, LogLevel.Information, "hub: method {Method} answered with {Status}")]
        public static partial void Answered(ILogger logger, string method, int status);

        [LoggerMessage(3013, LogLevel.Warning, "hub: the answer to method {Method} could not be sent: {Reason}")]
        public static partial void AnswerLost(ILogger logger, string method, string reason);

        [LoggerMessage(3014, LogLevel.Warning, "hub: reported properties were refused with status {Status}: {Reason}")]
        public static partial void ReportRefused(ILogger logger, int status, string reason);
    }
}
