using System.Text;
using System.Text.Json.Nodes;
using EdgeVision.Cloud.Limits;
using EdgeVision.Cloud.Mqtt;
using EdgeVision.Hub;
using Microsoft.AspNetCore.Connections;
using MQTTnet;
using MQTTnet.AspNetCore;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace EdgeVision.Cloud.Provisioning;

/// <summary>The provisioning service: a device that knows only its enrollment is told which hub and which name it has.</summary>
/// <remarks>
/// An MQTT server of its own, because a registration id is no device id: with one server, whoever may register as cam-1 could push the connected device cam-1 out.
/// It shares the hub's port; <see cref="PacketGate"/> tells the two apart by the user name.
/// </remarks>
internal sealed partial class ProvisioningServer : IDisposable
{
    private const int MaxPayload = 96 * 1024, PerMinute = 1000;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2), Busy = TimeSpan.FromSeconds(10);

    /// <summary>In a session: the enrollment of its device.</summary>
    private static readonly object Proven = new();
    private readonly Provisioner _provisioner;
    private readonly DataDirectory _directory;
    private readonly Strangers _strangers;
    private readonly ILogger<ProvisioningServer> _logger;
    private readonly TimeProvider _time;
    private readonly TokenBucket _operations;
    private readonly MqttConnectionHandler _handler = new();
    private readonly MqttServer _server;

    public ProvisioningServer(Provisioner provisioner, DataDirectory directory, Strangers strangers, TimeProvider time, ILogger<ProvisioningServer> logger)
    {
        (_provisioner, _directory, _strangers, _time, _logger) = (provisioner, directory, strangers, time, logger);
        _operations = new TokenBucket(PerMinute / 60.0, PerMinute, time);
        _server = new MqttServerFactory().CreateMqttServer(new MqttServerOptionsBuilder().WithoutDefaultEndpoint().Build(), [_handler], MqttNetNullLogger.Instance);
        _server.ValidatingConnectionAsync += Validate;
        _server.ClientConnectedAsync += connected => Task.Run(() => _strangers.Leave(connected.RemoteEndPoint));
        _server.InterceptingSubscriptionAsync += Subscribe;
        _server.InterceptingPublishAsync += PublishAsync;
    }

    public static bool IsFor(string userName) => userName.Split('/', 4) is [_, "registrations", _, var query] && query.StartsWith("api-version=", StringComparison.Ordinal);

    public Task StartAsync() => _server.StartAsync();

    /// <summary>Serves a connection until it ends.</summary>
    public Task ServeAsync(ConnectionContext connection) => _handler.OnConnectedAsync(connection);

    public Task StopAsync() => _server.StopAsync(new MqttServerStopOptions());

    public void Dispose()
    {
        _server.Dispose();
        _handler.Dispose();
    }

    private Task Validate(ValidatingConnectionEventArgs connect)
    {
        if (_provisioner.Authenticate(connect.ClientId, connect.UserName ?? "", connect.Password ?? "", connect.ClientCertificate) is { } enrollment)
        {
            connect.SessionItems[Proven] = enrollment;
        }
        else
        {
            Log.Refused(_logger, connect.ClientId, connect.RemoteEndPoint);
            connect.ReasonCode = MqttConnectReasonCode.NotAuthorized;
        }

        return Task.CompletedTask;
    }

    private static Task Subscribe(InterceptingSubscriptionEventArgs subscription)
    {
        if (subscription.TopicFilter.Topic != HubTopic.ProvisioningResponseFilter)
        {
            subscription.Response.ReasonCode = MqttSubscribeReasonCode.UnspecifiedError;
            subscription.ProcessSubscription = false;
        }

        return Task.CompletedTask;
    }

    private async Task PublishAsync(InterceptingPublishEventArgs publish)
    {
        publish.ProcessPublish = false;
        try
        {
            if (HubTopic.Parse(publish.ApplicationMessage.Topic) is { Kind: HubTopicKind.ProvisioningRegister or HubTopicKind.ProvisioningStatus } topic && publish.ApplicationMessage.Payload.Length <= MaxPayload
                && publish.SessionItems[Proven] is Enrollment enrollment)
            {
                await AnswerAsync(publish.ClientId, topic, enrollment);
                return;
            }

            Log.BadPublish(_logger, publish.ClientId, publish.ApplicationMessage.Topic);
        }
        catch (Exception exception)
        {
            Log.Failed(_logger, publish.ClientId, exception.Message);
        }

        publish.CloseConnection = true;
    }

    private Task AnswerAsync(string registrationId, HubTopic topic, Enrollment enrollment)
    {
        if (_operations.Take(1, TimeSpan.Zero) is null)
        {
            return SendAsync(registrationId, Answer(topic, 429, Busy), Error(429001, "Too many devices provision themselves at once."));
        }

        return topic.Kind == HubTopicKind.ProvisioningRegister ? RegisterAsync(registrationId, topic, enrollment) : AnswerStatusAsync(registrationId, topic);
    }

    private async Task RegisterAsync(string registrationId, HubTopic topic, Enrollment enrollment)
    {
        if (await _provisioner.RegisterAsync(registrationId, enrollment) is not { } registration)
        {
            await SendAsync(registrationId, Answer(topic, 409), Error(409001, "There is a device of that name which did not come by this enrollment: remove it, or enrol it under another name."));
            return;
        }

        Log.Registered(_logger, registrationId, registration.DeviceId, enrollment.Id);
        await SendAsync(registrationId, Answer(topic, 202, RetryAfter), new JsonObject { ["operationId"] = registration.OperationId, ["status"] = "assigning" });
    }

    private Task AnswerStatusAsync(string registrationId, HubTopic topic) => _provisioner.Find(registrationId) is { } registration && registration.OperationId == topic.OperationId
        ? SendAsync(registrationId, Answer(topic, 200), registration.ToJson(HubAddress.Of(_directory).HostName, registrationId))
        : SendAsync(registrationId, Answer(topic, 404), Error(404201, "There is no such operation: register anew."));

    /// <summary>The device chose the request id, so it could be anything: encoded it cannot change the topic.</summary>
    private static string Answer(HubTopic topic, int status, TimeSpan? retryAfter = null) => HubTopic.ProvisioningResponse(status, Uri.EscapeDataString(topic.RequestId), (int?)retryAfter?.TotalSeconds);

    private JsonObject Error(int code, string message) => new HubError(code, message).ToJson(_time);

    private async Task SendAsync(string registrationId, string topic, JsonObject payload)
    {
        var session = await _server.GetSessionAsync(registrationId);
        var message = new MqttApplicationMessage { Topic = topic, PayloadSegment = new ArraySegment<byte>(Encoding.UTF8.GetBytes(payload.ToJsonString())) };
        session.TryEnqueueApplicationMessage(message, out _);
    }

    private static partial class Log
    {
        [LoggerMessage(8130, LogLevel.Information, "{Registration}: provisioned as device {Device} by enrollment {Enrollment}")]
        public static partial void Registered(ILogger logger, string registration, string device, string enrollment);

        [LoggerMessage(8131, LogLevel.Warning, "{Registration}: not provisioned, it has no enrollment, or no proof of it (from {Peer})")]
        public static partial void Refused(ILogger logger, string registration, System.Net.EndPoint peer);

        [LoggerMessage(8132, LogLevel.Warning, "{Registration}: closed, nothing to provision with '{Topic}'")]
        public static partial void BadPublish(ILogger logger, string registration, string topic);

        [LoggerMessage(8133, LogLevel.Error, "{Registration}: could not be provisioned: {Reason}")]
        public static partial void Failed(ILogger logger, string registration, string reason);
    }
}
