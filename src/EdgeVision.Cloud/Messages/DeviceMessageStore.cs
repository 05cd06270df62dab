using System.Data.Common;
using System.Globalization;
using System.Text.Json.Nodes;
using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Messages;

/// <summary>The queues of messages for devices, each change on disk before anybody is told of it. What ends leaves feedback behind where its sender asked for it.</summary>
internal sealed class DeviceMessageStore(HubDatabase database, TimeProvider time)
{
    /// <summary>How many may wait for one device.</summary>
    public const int MaxQueued = 50;
    private const string Columns = "SELECT sequence, device_id, message_id, enqueued, expires, ack, delivery_count, bag, body FROM device_message";

    /// <returns>False when <see cref="MaxQueued"/> wait already.</returns>
    public bool TryAdd(DeviceMessage message) => database.Write(connection =>
    {
        if (connection.Query("SELECT count(*) FROM device_message WHERE device_id = @id", row => row.GetInt64(0), ("@id", message.DeviceId))[0] >= MaxQueued)
        {
            return false;
        }

        connection.Execute(
            "INSERT INTO device_message (device_id, message_id, enqueued, expires, ack, delivery_count, bag, body) VALUES (@id, @message, @enqueued, @expires, @ack, 0, @bag, @body)",
            ("@id", message.DeviceId), ("@message", message.MessageId), ("@enqueued", message.Enqueued.ToUnixTimeMilliseconds()), ("@expires", message.Expires.ToUnixTimeMilliseconds()),
            ("@ack", message.Ack.ToString()), ("@bag", message.Bag), ("@body", message.Body));
        return true;
    });

    /// <summary>Counts a delivery of every message that waits and that nobody holds.</summary>
    /// <param name="deviceId">For whom.</param>
    /// <param name="isHeld">Whether a message is being delivered already.</param>
    /// <param name="maxDeliveries">A message that was handed over so often ends here.</param>
    /// <returns>Those to hand over now, oldest first.</returns>
    public IReadOnlyList<DeviceMessage> Take(string deviceId, Func<long, bool> isHeld, int maxDeliveries) => database.Write(connection =>
    {
        var waiting = connection.Query($"{Columns} WHERE device_id = @id ORDER BY sequence", Read, ("@id", deviceId)).FindAll(message => !isHeld(message.Sequence));
        waiting.FindAll(message => message.DeliveryCount >= maxDeliveries).ForEach(message => End(connection, message, MessageOutcome.DeliveryCountExceeded));
        waiting.RemoveAll(message => message.DeliveryCount >= maxDeliveries);
        waiting.ForEach(message => connection.Execute("UPDATE device_message SET delivery_count = delivery_count + 1 WHERE sequence = @sequence", ("@sequence", message.Sequence)));
        return waiting;
    });

    /// <summary>Whether anything waits: a look that writes nothing.</summary>
    public bool HasFor(string deviceId) =>
        database.Read(connection => connection.Query("SELECT 1 FROM device_message WHERE device_id = @id LIMIT 1", _ => true, ("@id", deviceId))).Count > 0;

    /// <returns>False when it had ended already.</returns>
    public bool Complete(long sequence) => database.Write(connection => EndAll(connection, $"{Columns} WHERE sequence = @value", sequence, MessageOutcome.Success)) > 0;

    /// <returns>How many there were.</returns>
    public int Purge(string deviceId) => database.Write(connection => EndAll(connection, $"{Columns} WHERE device_id = @value", deviceId, MessageOutcome.Purged));

    /// <summary>Ends those whose time has passed.</summary>
    public void EndExpired()
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (database.Read(connection => connection.Query("SELECT 1 FROM device_message WHERE expires < @now LIMIT 1", _ => true, ("@now", now))).Count > 0)
        {
            database.Write(connection => EndAll(connection, $"{Columns} WHERE expires < @value", now, MessageOutcome.Expired));
        }
    }

    private int EndAll(DbConnection connection, string query, object value, MessageOutcome outcome)
    {
        var messages = connection.Query(query, Read, ("@value", value));
        messages.ForEach(message => End(connection, message, outcome));
        return messages.Count;
    }

    private void End(DbConnection connection, DeviceMessage message, MessageOutcome outcome)
    {
        connection.Execute("DELETE FROM device_message WHERE sequence = @sequence", ("@sequence", message.Sequence));
        if (message.Ack.HasFlag(outcome == MessageOutcome.Success ? Acknowledgement.Positive : Acknowledgement.Negative))
        {
            NoticeStore.Add(connection, NoticeStore.Feedback, Feedback(connection, message, outcome), time.GetUtcNow());
        }
    }

    private JsonObject Feedback(DbConnection connection, DeviceMessage message, MessageOutcome outcome) => new()
    {
        ["originalMessageId"] = message.MessageId,
        ["enqueuedTimeUtc"] = time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
        ["statusCode"] = outcome.ToString(),
        ["description"] = outcome.ToString(),
        ["deviceId"] = message.DeviceId,
        ["deviceGenerationId"] = connection.Query("SELECT generation FROM device WHERE id = @id", row => row.GetString(0), ("@id", message.DeviceId)).FirstOrDefault(),
    };

    private static DeviceMessage Read(DbDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)),
        Enum.Parse<Acknowledgement>(row.GetString(5)), (int)row.GetInt64(6), row.GetString(7), (byte[])row.GetValue(8));
}
