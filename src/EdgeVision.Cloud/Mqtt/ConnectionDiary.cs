using System.Data.Common;
using System.Threading.Channels;
using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Mqtt;

/// <summary>What happened to connections, kept for whoever asks why a device is away: the last 100 000 events.</summary>
/// <remarks>
/// Written in batches beside the connections, so that a thousand devices that come at once do not wait for the disk; in a flood of refusals the oldest of those that wait are lost. Any thread.
/// </remarks>
internal sealed partial class ConnectionDiary(HubDatabase database, TimeProvider time, ILogger<ConnectionDiary> logger)
{
    private const int MaxKept = 100_000, MaxWaiting = 4096, MaxText = 260;
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(200);

    private readonly Channel<ConnectionEvent> _waiting =
        Channel.CreateBounded<ConnectionEvent>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest });

    private Task _writing = Task.CompletedTask;

    public void Start() => _writing = Task.Run(WriteAsync);

    public async Task StopAsync()
    {
        _waiting.Writer.TryComplete();
        await _writing;
    }

    public void Add(string deviceId, int code, string reason) => _waiting.Writer.TryWrite(new ConnectionEvent(0, time.GetUtcNow(), Cut(deviceId), code, Cut(reason)));

    /// <summary>Oldest first.</summary>
    /// <param name="deviceId">Null for all.</param>
    /// <param name="after">Sequence of the last one already known; 0 for none.</param>
    /// <param name="limit">At most so many.</param>
    public IReadOnlyList<ConnectionEvent> Read(string? deviceId, long after, int limit) => database.Read(connection => connection.Query(
        $"SELECT sequence, occurred, device_id, code, reason FROM connection_event WHERE {(deviceId is null ? "" : "device_id = @id AND ")}sequence > @after ORDER BY sequence LIMIT @limit",
        Read, deviceId is null ? [("@after", after), ("@limit", limit)] : [("@id", deviceId), ("@after", after), ("@limit", limit)]));

    private static string Cut(string text) => text.Length > MaxText ? text[..MaxText] : text; // a stranger may claim any name

    private async Task WriteAsync()
    {
        while (await _waiting.Reader.WaitToReadAsync())
        {
            var batch = new List<ConnectionEvent>();
            while (_waiting.Reader.TryRead(out var next))
            {
                batch.Add(next);
            }

            Store(batch);
            await Task.WhenAny(Task.Delay(Gathering, time), _waiting.Reader.Completion);
        }
    }

    private void Store(List<ConnectionEvent> batch)
    {
        try
        {
            database.Write(connection =>
            {
                batch.ForEach(item => connection.Execute(
                    "INSERT INTO connection_event (occurred, device_id, code, reason) VALUES (@occurred, @id, @code, @reason)",
                    ("@occurred", item.Occurred.ToUnixTimeMilliseconds()), ("@id", item.DeviceId), ("@code", item.Code), ("@reason", item.Reason)));
                return connection.Execute("DELETE FROM connection_event WHERE sequence <= (SELECT max(sequence) FROM connection_event) - @most", ("@most", MaxKept));
            });
        }
        catch (DbException exception)
        {
            Log.NotStored(logger, batch.Count, exception.Message); // a diary must not end connections
        }
    }

    private static ConnectionEvent Read(DbDataReader row) =>
        new(row.GetInt64(0), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)), row.GetString(2), (int)row.GetInt64(3), row.GetString(4));

    private static partial class Log
    {
        [LoggerMessage(8120, LogLevel.Warning, "{Count} connection events could not be stored: {Reason}")]
        public static partial void NotStored(ILogger logger, int count, string reason);
    }
}
