using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace EdgeVision.Hub;

/// <summary>Everything that goes on while one connection to a broker lasts: telemetry, state and discovery out, wishes and commands in.</summary>
/// <remarks>Whoever may write to the device's topics is not known to it: whatever comes in is foreign until it has been looked at, and what is refused is logged once for each cause.</remarks>
internal sealed partial class BrokerConversation(
    BrokerSession session, BrokerTopics topics, TelemetryPump pump, ReportedState state, MethodTable methods, DiscoveryBoard discovery, OncePerCause refused, ILogger logger)
{
    private readonly CommandDesk _commands = new(session, topics, methods, refused, logger);

    /// <summary>The whole desired document, when it was read and after each change.</summary>
    public required Action<JsonObject> DesiredChanged { get; init; }

    /// <returns>Why the connection is of no use any more; None when it was to end.</returns>
    public async Task<HubFailure> RunAsync(CancellationToken stopping)
    {
        discovery.Begin();
        foreach (var filter in await session.SubscribeAsync([topics.DesiredTopic, topics.CommandFilter, .. discovery.Filters], stopping).ConfigureAwait(false))
        {
            Log.FilterRefused(logger, filter);
        }

        await RetainAsync(topics.StatusTopic, Encoding.UTF8.GetBytes(BrokerSession.Online), stopping).ConfigureAwait(false);
        return await ConnectionParts.RunAsync(
            ReadAsync, [TelemetryAsync, (ending, _) => StateAsync(ending), (ending, _) => DiscoveryAsync(ending), (ending, _) => session.WatchAsync(ending)], stopping).ConfigureAwait(false);
    }

    private async Task<HubFailure> ReadAsync(CancellationToken broken)
    {
        await foreach (var inbound in session.Inbound.ReadAllAsync(broken).ConfigureAwait(false))
        {
            if (inbound.Payload is not { } payload)
            {
                Refuse("size", inbound.Topic, $"it is longer than {BrokerInbound.MostBytes} bytes");
            }
            else if (inbound.Topic == topics.DesiredTopic)
            {
                Apply(payload);
            }
            else if (topics.MethodOf(inbound.Topic) is { } method)
            {
                _commands.Take(inbound, method, payload, broken);
            }
            else if (inbound.Retained)
            {
                discovery.Found(inbound.Topic, payload);
            }
        }

        return session.HowItEnded();
    }

    private void Apply(byte[] payload)
    {
        if (DesiredDocument.TryRead(payload, out var problem) is { } desired)
        {
            DesiredChanged(desired);
        }
        else
        {
            Refuse("desired", topics.DesiredTopic, $"it {problem}");
        }
    }

    private async Task<HubFailure> TelemetryAsync(CancellationToken ending, CancellationToken broken)
    {
        await pump.RunAsync(SendAsync, ending, broken, session.Window).ConfigureAwait(false);
        return HubFailure.None;
    }

    /// <summary>A message that the broker will never take must not hold up those behind it.</summary>
    private async Task SendAsync(TelemetryMessage message, CancellationToken broken)
    {
        if (await session.PublishAsync(Envelope(message), broken).ConfigureAwait(false) is { } problem)
        {
            Log.NeverTaken(logger, message.Id, message.Type, problem);
        }
    }

    private async Task<HubFailure> StateAsync(CancellationToken ending)
    {
        while (true)
        {
            await RetainAsync(topics.StateTopic, state.ToUtf8(), ending).ConfigureAwait(false);
            await state.ChangedAsync(ending).ConfigureAwait(false);
        }
    }

    private async Task<HubFailure> DiscoveryAsync(CancellationToken ending)
    {
        while (true)
        {
            foreach (var (topic, payload) in discovery.Outstanding())
            {
                await RetainAsync(topic, payload, ending).ConfigureAwait(false);
            }

            await discovery.ChangedAsync(ending).ConfigureAwait(false);
        }
    }

    private async Task RetainAsync(string topic, byte[] payload, CancellationToken ending)
    {
        if (await session.RetainAsync(topic, payload, ending).ConfigureAwait(false) is { } problem)
        {
            Log.NotRetained(logger, topic, problem);
        }
    }

    /// <summary>The same body as at a hub; what stands beside it there are user properties of MQTT 5 here. In 3.1.1 there are none: id, type and time are in the body too.</summary>
    private MqttApplicationMessage Envelope(TelemetryMessage message)
    {
        var envelope = BrokerSession.Message(topics.TelemetryOf(message.Type), message.Body);
        if (session.HasProperties)
        {
            (envelope.ContentType, envelope.PayloadFormatIndicator) = (BrokerSession.Json, MqttPayloadFormatIndicator.CharacterData);
            envelope.UserProperties =
            [
                Property("messageId", message.Id), Property("type", message.Type), Property("creationTime", message.Created.UtcDateTime.ToString("o")),
                Property("seq", message.Sequence.ToString(CultureInfo.InvariantCulture)), .. message.Replay ? [Property("replay", "true")] : Array.Empty<MqttUserProperty>(),
            ];
        }

        return envelope;
    }

    private static MqttUserProperty Property(string name, string value) => new(name, Encoding.UTF8.GetBytes(value));

    private void Refuse(string cause, string topic, string reason) => Log.Refused(logger, refused.LevelOf(cause), topic, reason);

    private static partial class Log
    {
        [LoggerMessage(3100, LogLevel.Warning, "broker: not allowed to listen to {Filter}: what is sent there does not reach this device; the broker's access rules must let this user read it")]
        public static partial void FilterRefused(ILogger logger, string filter);

        [LoggerMessage(EventId = 3101, Message = "broker: a message on {Topic} was ignored: {Reason}")]
        public static partial void Refused(ILogger logger, LogLevel level, string topic, string reason);

        [LoggerMessage(3102, LogLevel.Error, "broker: message {Id} ({Type}) is lost: {Problem}")]
        public static partial void NeverTaken(ILogger logger, string id, string type, string problem);

        [LoggerMessage(3103, LogLevel.Warning, "broker: {Topic} was not published: {Problem}")]
        public static partial void NotRetained(ILogger logger, string topic, string problem);
    }
}
