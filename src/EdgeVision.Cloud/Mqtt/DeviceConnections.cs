using System.Collections.Concurrent;
using System.Net;
using MQTTnet;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace EdgeVision.Cloud.Mqtt;

/// <summary>Who is connected until when, and what they want to hear. Sends to one device at a time, never to all.</summary>
/// <remarks>
/// Because the server's own way of injecting a message hands it to every session whose subscription matches, and the twin topics are the same for all devices,
/// everything goes into the session of exactly one device. Any thread.
/// </remarks>
internal sealed class DeviceConnections(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Connection> _open = new(StringComparer.Ordinal);
    private MqttServer? _server;

    private sealed record Connection(EndPoint Peer, long Expires);

    public void Attach(MqttServer server) => _server = server;

    public int Count => _open.Count;

    public bool IsConnected(string deviceId) => _open.ContainsKey(deviceId);

    /// <param name="deviceId">Who.</param>
    /// <param name="peer">From where; tells a connection from the next one of the same device.</param>
    /// <param name="expires">Seconds since 1970.</param>
    public void Opened(string deviceId, EndPoint peer, long expires) => _open[deviceId] = new Connection(peer, expires);

    /// <returns>False when a newer connection has taken the place.</returns>
    public bool Closed(string deviceId, EndPoint peer) =>
        _open.TryGetValue(deviceId, out var connection) && connection.Peer.Equals(peer) && _open.TryRemove(KeyValuePair.Create(deviceId, connection));

    /// <summary>Devices whose token has run out: MQTT 3.1.1 knows no other way to ask for a new one than to close.</summary>
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

    /// <summary>Ends the connection of a device and forgets what it subscribed to.</summary>
    public async Task CloseAsync(string deviceId)
    {
        if (await FindSessionAsync(deviceId) is { } session)
        {
            await session.DeleteAsync();
        }
    }

    public async Task<bool> IsListeningAsync(string deviceId, string filter) =>
        IsConnected(deviceId) && await FindSessionAsync(deviceId) is { } session && session.Items.Contains(filter);

    /// <summary>Sends at most once (QoS 0, as Azure does): whoever needs an answer waits for it with a deadline.</summary>
    /// <returns>False when the device is not connected or did not subscribe.</returns>
    public async Task<bool> SendAsync(string deviceId, string filter, string topic, byte[] payload)
    {
        if (!IsConnected(deviceId) || await FindSessionAsync(deviceId) is not { } session || !session.Items.Contains(filter))
        {
            return false;
        }

        return session.TryEnqueueApplicationMessage(
            new MqttApplicationMessage { Topic = topic, PayloadSegment = new ArraySegment<byte>(payload), QualityOfServiceLevel = MqttQualityOfServiceLevel.AtMostOnce }, out _);
    }

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
