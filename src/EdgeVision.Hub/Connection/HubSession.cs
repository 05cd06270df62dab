using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;

namespace EdgeVision.Hub;

/// <summary>One connection to the hub: CONNECT as a device, the subscriptions, questions with their answers.</summary>
/// <remarks>Never reused. Any thread.</remarks>
internal sealed class HubSession(MqttLink link, HubConnectionString hub, TimeProvider time) : IAsyncDisposable
{
    private const string ApiVersion = "2021-04-12";
    private readonly ConcurrentDictionary<string, TaskCompletionSource<HubInbound>> _asked = new();
    private int _requestId;

    /// <summary>Ends with the connection.</summary>
    public ChannelReader<HubInbound> Inbound => link.Inbound;

    /// <inheritdoc cref="MqttConnection{T}.HowItEnded"/>
    public HubFailure HowItEnded(double keepAliveSeconds) => link.HowItEnded(keepAliveSeconds);

    /// <inheritdoc cref="MqttConnection{T}.WatchAsync"/>
    public Task<HubFailure> WatchAsync(double keepAliveSeconds, TimeSpan life, CancellationToken ending) => link.WatchAsync(keepAliveSeconds, life, ending);

    /// <summary>Whether the hub ended the connection, and nothing on the way broke it.</summary>
    public bool EndedInOrder => link.EndedInOrder;

    /// <summary>CONNECT and the subscriptions.</summary>
    /// <param name="cloudMessages">Whether to take messages from the cloud; otherwise they stay at the hub.</param>
    /// <returns>None when the hub accepted.</returns>
    public async Task<HubFailure> OpenAsync(HubOptions options, bool cloudMessages, CancellationToken cancellationToken)
    {
        var refusal = await link.ConnectAsync(IdentityFor(options), options.KeepAliveSeconds, cancellationToken).ConfigureAwait(false);
        if (refusal == HubFailure.None)
        {
            string[] filters = [HubTopic.TwinResponseFilter, HubTopic.TwinDesiredFilter, HubTopic.MethodFilter];
            await link.SubscribeAsync(cloudMessages ? [.. filters, HubTopic.DeviceBoundFilter(hub.DeviceId)] : filters, cancellationToken).ConfigureAwait(false);
        }

        return refusal;
    }

    /// <summary>Sends and waits until the hub has taken it.</summary>
    public Task PublishAsync(string topic, byte[] payload, CancellationToken cancellationToken) => link.PublishAsync(topic, payload, cancellationToken);

    /// <summary>Asks for or reports the twin, and waits for the answer.</summary>
    /// <exception cref="TimeoutException">None came: answers are sent at most once, and can be lost.</exception>
    public async Task<HubInbound> AskAsync(Func<string, string> topic, byte[] payload, TimeSpan patience, CancellationToken cancellationToken)
    {
        var requestId = Interlocked.Increment(ref _requestId).ToString(CultureInfo.InvariantCulture);
        var asked = _asked[requestId] = new TaskCompletionSource<HubInbound>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await link.PublishAsync(topic(requestId), payload, cancellationToken).ConfigureAwait(false);
            return await asked.Task.WaitAsync(patience, time, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _asked.TryRemove(requestId, out _);
        }
    }

    /// <summary>An answer to <see cref="AskAsync"/>; one that nobody waits for any more is dropped.</summary>
    public void Answer(HubInbound answer)
    {
        if (_asked.TryGetValue(answer.Topic.RequestId, out var asked))
        {
            asked.TrySetResult(answer);
        }
    }

    /// <summary>Says goodbye, so that the hub does not take it for a failure.</summary>
    public Task CloseAsync() => link.CloseAsync();

    public ValueTask DisposeAsync() => link.DisposeAsync();

    private MqttIdentity IdentityFor(HubOptions options)
    {
        var user = $"{hub.HostName}/{hub.DeviceId}/?api-version={ApiVersion}&DeviceClientType={Uri.EscapeDataString(options.ProductInfo)}"
            + (options.ModelId is null ? "" : $"&model-id={Uri.EscapeDataString(options.ModelId)}");
        return new MqttIdentity(hub.DeviceId, user, hub.SharedAccessKey is { Length: > 0 } key ? SasToken.Create(hub.Resource, key, time.GetUtcNow().AddMinutes(options.TokenMinutes)) : null, CleanSession: false);
    }
}
