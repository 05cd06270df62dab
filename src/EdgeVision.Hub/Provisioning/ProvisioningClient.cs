using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeVision.Hub;

/// <summary>One registration at the Device Provisioning Service over MQTT: put in, then asked for until it is decided.</summary>
/// <remarks>
/// Source: learn.microsoft.com/azure/iot/iot-mqtt-connect-to-iot-dps. The service says how long to wait between questions; two seconds at least, two minutes in all.
/// Any thread.
/// </remarks>
internal sealed class ProvisioningClient(ProvisioningOptions options, string productInfo, TimeProvider time)
{
    private const string ApiVersion = "2019-03-31", Policy = "registration";
    private const double KeepAliveSeconds = 60;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2), LeastPause = TimeSpan.FromSeconds(2), MostPause = TimeSpan.FromSeconds(30), TokenLife = TimeSpan.FromHours(1);
    private int _requestId;

    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<ProvisioningResult> RegisterAsync(HubRoute route, CancellationToken cancellationToken)
    {
        try
        {
            await using var link = new MqttLink(route, time);
            var refusal = await link.ConnectAsync(Identity(), KeepAliveSeconds, cancellationToken).ConfigureAwait(false);
            if (refusal != HubFailure.None)
            {
                return End(refusal == HubFailure.Busy ? ProvisioningFailure.Unavailable : ProvisioningFailure.Unauthorized, "");
            }

            await link.SubscribeAsync([HubTopic.ProvisioningResponseFilter], cancellationToken).ConfigureAwait(false);
            var result = await TalkAsync(link, cancellationToken).ConfigureAwait(false);
            await link.CloseAsync().ConfigureAwait(false);
            return result;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            var failure = ConnectFailure.Of(exception);
            return End(ProvisioningFailure.Unreachable, $"{ConnectFailure.Advice(failure, options.Endpoint.ToString())}; {exception.GetBaseException().Message}");
        }
    }

    private ProvisioningResult End(ProvisioningFailure failure, string said) => ProvisioningResult.Of(failure, options, said);

    private MqttIdentity Identity()
    {
        var resource = $"{options.IdScope}/registrations/{options.RegistrationId}";
        var user = $"{resource}/api-version={ApiVersion}&ClientVersion={Uri.EscapeDataString(productInfo)}";
        return new MqttIdentity(options.RegistrationId, user, options.Key is { } key ? SasToken.Create(resource, key, time.GetUtcNow() + TokenLife, Policy) : null, CleanSession: true);
    }

    private async Task<ProvisioningResult> TalkAsync(MqttLink link, CancellationToken cancellationToken)
    {
        var (since, operation) = (time.GetTimestamp(), "");
        while (true)
        {
            var answer = await AskAsync(link, operation, cancellationToken).ConfigureAwait(false);
            var body = Parse(answer.Payload);
            if (FinalOf(answer.Topic.Status, body) is { } result)
            {
                return result;
            }

            if (time.GetElapsedTime(since) > Patience)
            {
                return End(FailureOf(answer.Topic.Status), "no decision within two minutes");
            }

            operation = Text(body, "operationId") is { Length: > 0 } named ? named : operation;
            await Task.Delay(PauseOf(answer.Topic), time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<HubInbound> AskAsync(MqttLink link, string operation, CancellationToken cancellationToken)
    {
        var requestId = (++_requestId).ToString(CultureInfo.InvariantCulture);
        using var limit = new Deadline(MqttConnection<HubInbound>.AnswerLimit, time, cancellationToken);
        var (topic, payload) = operation.Length == 0
            ? (HubTopic.ProvisioningRegister(requestId), new JsonObject { ["registrationId"] = options.RegistrationId }.ToJsonString())
            : (HubTopic.ProvisioningStatus(requestId, operation), "");
        await link.PublishAsync(topic, Encoding.UTF8.GetBytes(payload), limit.Token).ConfigureAwait(false);
        await foreach (var inbound in link.Inbound.ReadAllAsync(limit.Token).ConfigureAwait(false))
        {
            if (inbound.Topic.Kind == HubTopicKind.ProvisioningResponse && inbound.Topic.RequestId == requestId)
            {
                return inbound;
            }
        }

        throw new IOException("the connection was closed");
    }

    /// <returns>Null while it is not decided.</returns>
    private ProvisioningResult? FinalOf(int status, JsonObject? body) => status switch
    {
        429 or >= 500 => null,
        >= 400 => End(FailureOf(status), Text(body, "message")),
        _ => Text(body, "status") switch
        {
            "assigning" => null,
            "assigned" => Assigned(body!["registrationState"] as JsonObject),
            "unassigned" => End(ProvisioningFailure.Unassigned, ""),
            "disabled" => End(ProvisioningFailure.Disabled, ""),
            "failed" => End(ProvisioningFailure.Failed, Text(body!["registrationState"] as JsonObject, "errorMessage")),
            var other => End(ProvisioningFailure.Protocol, $"answered {status} with status '{other}'"),
        },
    };

    private ProvisioningResult Assigned(JsonObject? state) =>
        new HubAssignment(Text(state, "assignedHub"), Text(state, "deviceId")) is { Hub.Length: > 0, DeviceId.Length: > 0 } assignment
            && HubEndpoint.TryParse(assignment.Hub) is not null && DeviceIds.IsValid(assignment.DeviceId)
            ? new ProvisioningResult(ProvisioningFailure.None, assignment, "")
            : End(ProvisioningFailure.Protocol, "an assignment without a hub and device id that can be used");

    private static ProvisioningFailure FailureOf(int status) => status switch
    {
        401 or 403 => ProvisioningFailure.Unauthorized,
        404 => ProvisioningFailure.NotFound,
        429 => ProvisioningFailure.Throttled,
        >= 500 => ProvisioningFailure.Unavailable,
        < 300 => ProvisioningFailure.Unreachable,
        _ => ProvisioningFailure.Protocol,
    };

    private static TimeSpan PauseOf(HubTopic topic)
    {
        var asked = TimeSpan.FromSeconds(Math.Min(topic.RetryAfter, MostPause.TotalSeconds));
#pragma warning disable CA5394 // spreads a fleet over time; nothing secret hangs on it
        return (asked > LeastPause ? asked : LeastPause) + TimeSpan.FromSeconds(Random.Shared.NextDouble() / 2);
#pragma warning restore CA5394
    }

    private static string Text(JsonObject? body, string key) => body?[key] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    private static JsonObject? Parse(byte[] payload)
    {
        try
        {
            return payload.Length == 0 ? null : JsonNode.Parse(payload) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
