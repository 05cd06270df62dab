using System.Collections.Concurrent;
using System.Net;
using EdgeVision.Cloud.Storage;
using MQTTnet;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace EdgeVision.Cloud.Mqtt;

/// <summary>Who is connected until when, and what they want to hear. Sends to one device at a time, never to all.</summary>
/// <remarks>
/// Because the server's own way of injecting a message hands it to every session whose subscription matches, and the twin topics are the same for all devices,
/// everything goes into the session of exactly one device. Any thread.
/// </remarks>
internal sealed class DeviceConnections(Subscriptions subscriptions, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Connection> _open = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<EndPoint, Admission> _admitted = new();
    private MqttServer? _server;
    private long _numbers;

    private sealed record Connection(EndPoint Peer, long Expires, long Number);

    private sealed record Admission(Device Device, long Expires);

    public void Attach(MqttServer server) => _server = server;

    public IReadOnlyCollection<string> Connected => (IReadOnlyCollection<string>)_open.Keys;

    public bool IsConnected(string deviceId) => _open.ContainsKey(deviceId);

    /// <summary>0 when it is not connected; no two connections have the same.</summary>
    public long NumberOf(string deviceId) => _open.TryGetValue(deviceId, out var connection) ? connection.Number : 0;

    /// <summary>Between the check of a CONNECT and <see cref="Opened"/>.</summary>
    /// <param name="device">As it was when it was checked.</param>
    /// <param name="peer">From where; tells a connection from the next one of the same device.</param>
    /// <param name="expires">Seconds since 1970.</param>
    public void Admit(Device device, EndPoint peer, long expires) => _admitted[peer] = new Admission(device, expires);

    /// <summary>For every connection that ends, however far it came.</summary>
    public void Forget(EndPoint peer) => _admitted.TryRemove(peer, out _);

    /// <returns>The device as it was when it was let in; null when it was not.</returns>
    public Device? Opened(string deviceId, EndPoint peer)
    {
        if (!_admitted.TryRemove(peer, out var admission))
        {
            return null;
        }

        _open[deviceId] = new Connection(peer, admission.Expires, Interlocked.Increment(ref _numbers));
        return admission.Device;
    }

    /// <returns>False when a newer connection has taken the place.</returns>
    public bool Closed(string deviceId, EndPoint peer) =>
        _open.TryGetValue(deviceId, out var connection) && connection.Peer.Equals(peer) && _open.TryRemove(KeyValuePair.Create(deviceId, connection));

    /// <summary>Devices whose token or certificate has run out: MQTT 3.1.1 knows no other way to ask for a new one than to close.</summary>
    public IReadOnlyList<string> Expired()
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        return [.. _open.Where(entry => entry.Value.Expires < now).Select(entry => entry.Key)];
    }

    /// <summary>Ends the connection of a device, which may come back to its session.</summary>
    public async Task DropAsync(string deviceId)
    {
        try
        {
            await _server!.DisconnectClientAsync(deviceId, new MqttServerClientDisconnectOptions());
        }
        catch (InvalidOperationException)
        {
            _open.TryRemove(deviceId, out _); // it has gone by itself
        }
    }

    /// <summary>Ends the connection of a device and of its modules, and forgets what they subscribed to.</summary>
    public async Task CloseAsync(string deviceId)
    {
        foreach (var id in _open.Keys.Where(id => id == deviceId || id.StartsWith(deviceId + Device.ModuleMark, StringComparison.Ordinal)).Append(deviceId).Distinct())
        {
            var session = await FindSessionAsync(id);
            subscriptions.Forget(id, session?.Items);
            if (session is not null)
            {
                await session.DeleteAsync();
            }
        }
    }

    public async Task<bool> IsListeningAsync(string deviceId, string filter) =>
        IsConnected(deviceId) && await FindSessionAsync(deviceId) is { } session && session.Items.Contains(filter);

    /// <summary>Sends at most once (QoS 0, as Azure does): whoever needs an answer waits for it with a deadline.</summary>
    /// <returns>False when the device is not connected or did not subscribe.</returns>
    public Task<bool> SendAsync(string deviceId, string filter, string topic, byte[] payload) => SendAsync(deviceId, filter, new MqttApplicationMessage
    {
        Topic = topic, PayloadSegment = new ArraySegment<byte>(payload), QualityOfServiceLevel = MqttQualityOfServiceLevel.AtMostOnce,
    });

    /// <returns>False when the device is not connected or did not subscribe.</returns>
    public async Task<bool> SendAsync(string deviceId, string filter, MqttApplicationMessage message) =>
        IsConnected(deviceId) && await FindSessionAsync(deviceId) is { } session && session.Items.Contains(filter) && session.TryEnqueueApplicationMessage(message, out _);

    private async Task<MqttSessionStatus?> FindSessionAsync(string deviceId)
    {
        try
        {
            return await _server!.GetSessionAsync(deviceId);
        }
        catch (InvalidOperationException)
        {
            return null; // the server's way of saying that there is none
        }
    }
}
