using Microsoft.Data.Sqlite;

namespace EdgeVision.Hub;

/// <summary>What went wrong with the disk, told apart by what helps: to wait and try again, or to begin a new file.</summary>
internal static class StorageFault
{
    // sqlite3.h: primary result codes
    private const int ReadOnly = 8, Corrupt = 11, Full = 13, NotADatabase = 26;

    /// <summary>Of the disk or the file, and no bug of ours.</summary>
    public static bool IsOne(Exception exception) => exception is SqliteException or IOException or UnauthorizedAccessException or InvalidDataException or OutboxException;

    /// <summary>The file is of no use: waiting does not mend it.</summary>
    public static bool IsDamage(Exception exception) => exception is InvalidDataException or SqliteException { SqliteErrorCode: Corrupt or NotADatabase };

    /// <summary>A word for machines.</summary>
    public static string Reason(Exception exception) => exception switch
    {
        SqliteException { SqliteErrorCode: Full } => "Full",
        SqliteException { SqliteErrorCode: ReadOnly } or UnauthorizedAccessException => "ReadOnly",
        OutboxException => "Refused",
        _ => "Failed",
    };

    public static string Advice(Exception exception, string path) => Reason(exception) switch
    {
        "Full" => $"{path}: the disk is full; make room, messages wait in memory meanwhile",
        "ReadOnly" => $"{path}: cannot be written; mount the file system read-write or give the daemon's user the right, messages wait in memory meanwhile",
        "Refused" => $"{exception.Message}; messages wait in memory meanwhile",
        _ => $"{path}: {exception.Message}; messages wait in memory meanwhile",
    };
}
