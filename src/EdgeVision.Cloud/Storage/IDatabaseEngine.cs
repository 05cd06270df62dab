using System.Data.Common;

namespace EdgeVision.Cloud.Storage;

/// <summary>The little in which the two databases differ. Everything else is SQL that both understand.</summary>
internal interface IDatabaseEngine
{
    /// <summary>Which one and where, for people; never a secret.</summary>
    string Name { get; }

    /// <summary>What to do when it cannot be used; ends a sentence.</summary>
    string WayOut { get; }

    /// <summary>Begins a transaction that is the only writing one of all processes until it ends.</summary>
    string Begin { get; }

    /// <summary>A connection that is open and whose commits are on disk when they return.</summary>
    DbConnection Connect();

    /// <summary>Turns table definitions, written for SQLite, into this database's.</summary>
    string Translate(string definitions);

    /// <summary>Number of the last schema step; 0 in an empty database.</summary>
    long ReadVersion(DbConnection connection);

    void WriteVersion(DbConnection connection, long version);

    /// <summary>Bytes on disk.</summary>
    long ReadSize(DbConnection connection);
}
