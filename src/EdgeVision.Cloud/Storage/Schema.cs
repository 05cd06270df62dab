namespace EdgeVision.Cloud.Storage;

/// <summary>The tables, as numbered steps: a database of any earlier version is brought up to date, none is ever taken back.</summary>
/// <remarks>Written for SQLite within what <see cref="IDatabaseEngine.Translate"/> knows: TEXT, INTEGER, BLOB, INTEGER PRIMARY KEY AUTOINCREMENT, WITHOUT ROWID; <c>@now</c> is the time.</remarks>
internal static class Schema
{
    private static readonly (int Number, string Definitions)[] Steps =
    [
        (1, SchemaSteps.First),
        (2, WireSchema.Step2),
        (3, SchemaSteps.Service),
        (4, SchemaSteps.Metadata),
    ];

    private static int Newest => Steps[^1].Number;

    /// <exception cref="CloudException">The database was written by a newer program.</exception>
    public static void Update(IDatabaseEngine engine, DatabaseLane reading, DatabaseLane writing)
    {
        var version = reading.Read(engine.ReadVersion);
        if (version > Newest)
        {
            throw new CloudException($"{engine.Name} was written by a newer edgevision-cloud (schema {version}, this one knows {Newest}). Use that one.");
        }

        if (version < Newest)
        {
            // Read again inside, because two first commands may have come here at once.
            writing.Write(connection => Apply(engine, connection, engine.ReadVersion(connection)));
        }
    }

    private static int Apply(IDatabaseEngine engine, System.Data.Common.DbConnection connection, long version)
    {
        foreach (var step in Steps.Where(step => step.Number > version))
        {
            connection.Execute(engine.Translate(step.Definitions), ("@now", TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()));
        }

        engine.WriteVersion(connection, Newest);
        return Newest;
    }
}
