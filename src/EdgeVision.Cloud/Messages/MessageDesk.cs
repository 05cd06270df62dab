using System.Buffers.Binary;
using System.Collections.Concurrent;
using EdgeVision.Cloud.Mqtt;
using EdgeVision.Hub;
using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace EdgeVision.Cloud.Messages;

/// <summary>Hands messages to devices: at least once, oldest first, only to those that listen, and again until the device has acknowledged.</summary>
/// <remarks>
/// A message that was handed over is held: by its connection until that ends, and for a minute at most; then it is handed over again, ten times in all. The acknowledgement (PUBACK) ends it,
/// whenever it comes. Which message a packet was stands in a user property of the packet, which the MQTT server keeps beside the packet and 3.1.1 does not write. Any thread.
/// </remarks>
internal sealed class MessageDesk(DeviceMessageStore store, DeviceConnections connections, TimeProvider time) : IDisposable
{
    private const int MaxDeliveries = 10;
    private const string Mark = "device-message";
    private static readonly TimeSpan LockTime = TimeSpan.FromSeconds(60);
    private readonly ConcurrentDictionary<long, Held> _held = new();
    private readonly SemaphoreSlim _order = new(1, 1);

    private sealed record Held(string DeviceId, long Connection, long Since);

    /// <returns>False when too many wait already.</returns>
    public async Task<bool> EnqueueAsync(DeviceMessage message)
    {
        if (!store.TryAdd(message))
        {
            return false;
        }

        await DeliverAsync(message.DeviceId);
        return true;
    }

    /// <summary>Hands over what waits, when the device listens.</summary>
    public async Task DeliverAsync(string deviceId)
    {
        var filter = HubTopic.DeviceBoundFilter(deviceId);
        if (!await connections.IsListeningAsync(deviceId, filter))
        {
            return;
        }

        await _order.WaitAsync();
        try
        {
            var number = connections.NumberOf(deviceId);
            foreach (var message in store.Take(deviceId, IsHeld, MaxDeliveries))
            {
                _held[message.Sequence] = new Held(deviceId, number, time.GetTimestamp());
                if (!await connections.SendAsync(deviceId, filter, ToMqtt(message, number)))
                {
                    _held.TryRemove(message.Sequence, out _); // it has just gone
                }
            }
        }
        finally
        {
            _order.Release();
        }
    }

    /// <summary>The device has acknowledged a packet.</summary>
    public void Acknowledged(MqttPublishPacket packet)
    {
        if (ReadMark(packet) is ({ } sequence, _))
        {
            store.Complete(sequence);
            _held.TryRemove(sequence, out _);
        }
    }

    /// <summary>Whether a packet belongs to a connection that has ended: the MQTT server repeats those by itself, and this desk does too.</summary>
    public bool IsStale(string deviceId, MqttPublishPacket packet) => ReadMark(packet) is (_, { } connection) && connection != connections.NumberOf(deviceId);

    /// <summary>Its messages wait again.</summary>
    public void ConnectionEnded(string deviceId)
    {
        foreach (var (sequence, _) in _held.Where(held => held.Value.DeviceId == deviceId))
        {
            _held.TryRemove(sequence, out _);
        }
    }

    /// <returns>How many were thrown away.</returns>
    public int Purge(string deviceId)
    {
        ConnectionEnded(deviceId);
        return store.Purge(deviceId);
    }

    /// <summary>Ends what has expired, and hands over what was not acknowledged in time or was queued by another process.</summary>
    public async Task SweepAsync()
    {
        store.EndExpired();
        foreach (var held in _held.Where(held => time.GetElapsedTime(held.Value.Since) > LockTime))
        {
            _held.TryRemove(held);
        }

        foreach (var deviceId in store.Receivers().Where(connections.IsConnected))
        {
            await DeliverAsync(deviceId);
        }
    }

    public void Dispose() => _order.Dispose();

    private bool IsHeld(long sequence) => _held.ContainsKey(sequence);

    private static MqttApplicationMessage ToMqtt(DeviceMessage message, long connection) => new()
    {
        Topic = HubTopic.DeviceBound(message.DeviceId, message.Bag),
        PayloadSegment = new ArraySegment<byte>(message.Body),
        QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
        UserProperties = [new MqttUserProperty(Mark, WriteMark(message.Sequence, connection))],
    };

    private static ReadOnlyMemory<byte> WriteMark(long sequence, long connection)
    {
        var mark = new byte[2 * sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(mark, sequence);
        BinaryPrimitives.WriteInt64LittleEndian(mark.AsSpan(sizeof(long)), connection);
        return mark;
    }

    private static (long? Sequence, long? Connection) ReadMark(MqttPublishPacket packet) => packet.UserProperties is [{ Name: Mark, ValueBuffer.Span: var mark }]
        ? (BinaryPrimitives.ReadInt64LittleEndian(mark), BinaryPrimitives.ReadInt64LittleEndian(mark[sizeof(long)..]))
        : (null, null);
}
