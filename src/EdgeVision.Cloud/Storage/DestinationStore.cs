using System.Data.Common;
using System.Text.Json.Nodes;

namespace EdgeVision.Cloud.Storage;

/// <summary>The destinations of telemetry. Of several hubs on one database one at a time serves a destination: it holds it for a while, and its word counts only while it does.</summary>
internal sealed class DestinationStore(HubDatabase database)
{
    /// <summary>How long a hub that vanished keeps a destination from the others.</summary>
    public static readonly TimeSpan Hold = TimeSpan.FromSeconds(30);

    private const string Columns = "SELECT name, settings, reached, delivered, skipped, lost, paused, error FROM destination";

    public IReadOnlyList<Destination> All() => database.Read(connection => connection.Query($"{Columns} ORDER BY name", Read));

    public Destination? Find(string name) => database.Read(connection => connection.Query($"{Columns} WHERE name = @name", Read, ("@name", name))).FirstOrDefault();

    /// <param name="name">Its own.</param>
    /// <param name="settings">What and where.</param>
    /// <param name="after">Sequence after which it gets messages; null for those from now on.</param>
    /// <param name="by">Who; null for whoever runs this program.</param>
    /// <returns>False when the name is taken.</returns>
    public bool Add(string name, DestinationSettings settings, long? after, string? by = null) => database.Write(connection =>
    {
        var isNew = connection.Execute(
            "INSERT INTO destination VALUES (@name, @settings, @reached, 0, 0, 0, 0, '', '', 0) ON CONFLICT DO NOTHING",
            ("@name", name), ("@settings", settings.ToText()), ("@reached", after ?? TelemetryStore.Newest(connection))) > 0;
        if (isNew)
        {
            AuditTrail.Record(connection, by, AuditAction.ForwardAdded, name, new JsonObject { ["kind"] = settings.Kind, ["address"] = settings.Address, ["topic"] = settings.Topic });
        }

        return isNew;
    });

    public bool Remove(string name, string? by = null) => Change("DELETE FROM destination WHERE name = @name", name, AuditAction.ForwardRemoved, by);

    /// <summary>Goes on after a pause.</summary>
    public bool Resume(string name, string? by = null) => Change("UPDATE destination SET paused = 0, error = '' WHERE name = @name", name, AuditAction.ForwardResumed, by);

    /// <returns>Whether this holder may serve the destination for the next <see cref="Hold"/>.</returns>
    public bool TryHold(string name, string holder, DateTimeOffset now) => database.Write(connection => connection.Execute(
        "UPDATE destination SET holder = @holder, held_until = @until WHERE name = @name AND (holder = @holder OR held_until < @now)",
        ("@name", name), ("@holder", holder), ("@now", now.ToUnixTimeMilliseconds()), ("@until", (now + Hold).ToUnixTimeMilliseconds()))) > 0;

    /// <summary>Lets another hub have it at once.</summary>
    public void Release(string holder) => database.Write(connection => connection.Execute("UPDATE destination SET holder = '', held_until = 0 WHERE holder = @holder", ("@holder", holder)));

    /// <summary>The destination has everything up to a message. Says so on disk: what comes after a crash begins there.</summary>
    public void Advance(string name, string holder, long reached, int delivered, int skipped) => database.Write(connection => connection.Execute(
        "UPDATE destination SET reached = @reached, delivered = delivered + @delivered, skipped = skipped + @skipped, error = '' WHERE name = @name AND holder = @holder AND reached < @reached",
        ("@name", name), ("@holder", holder), ("@reached", reached), ("@delivered", delivered), ("@skipped", skipped)));

    public void Fail(string name, string holder, string error, bool pause) => database.Write(connection => connection.Execute(
        "UPDATE destination SET error = @error, paused = @paused WHERE name = @name AND holder = @holder",
        ("@name", name), ("@holder", holder), ("@error", error), ("@paused", pause ? 1L : 0L)));

    /// <summary>Part of the transaction that forgets messages: destinations that had not got them go on behind them.</summary>
    public static IReadOnlyList<(string Destination, long Lost)> SkipTo(DbConnection connection, long last)
    {
        var behind = connection.Query(
            "SELECT name, (SELECT count(*) FROM telemetry WHERE sequence > reached AND sequence <= @last) FROM destination WHERE reached < @last",
            row => (row.GetString(0), row.GetInt64(1)), ("@last", last));
        foreach (var (name, lost) in behind)
        {
            connection.Execute("UPDATE destination SET reached = @last, lost = lost + @lost WHERE name = @name", ("@name", name), ("@last", last), ("@lost", lost));
        }

        return [.. behind.Where(destination => destination.Item2 > 0)];
    }

    private bool Change(string statement, string name, string action, string? by) => database.Write(connection =>
    {
        var isThere = connection.Execute(statement, ("@name", name)) > 0;
        if (isThere)
        {
            AuditTrail.Record(connection, by, action, name, []);
        }

        return isThere;
    });

    private static Destination Read(DbDataReader row) => new(
        row.GetString(0), DestinationSettings.Parse(row.GetString(1)), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6) != 0, row.GetString(7));
}
