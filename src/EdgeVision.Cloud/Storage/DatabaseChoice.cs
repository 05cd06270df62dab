using System.Text;

namespace EdgeVision.Cloud.Storage;

/// <summary>Which database a data directory uses: what is said now, else EDGEVISION_DATABASE, else what was said last, else its own SQLite file.</summary>
/// <remarks>
/// The last one is remembered in the directory without its password, so that commands find what the hub uses. The password stands in the environment variable or in a file that the
/// connection string names (<c>Passfile=/etc/edgevision/pgpass</c>, one line <c>host:port:database:user:password</c>).
/// </remarks>
internal sealed class DatabaseChoice
{
    public const string Variable = "EDGEVISION_DATABASE";
    private const string Sqlite = "sqlite";
    private readonly DataDirectory _directory;
    private readonly string? _said, _remembered;

    private DatabaseChoice(DataDirectory directory, string? said)
    {
        _directory = directory;
        _said = said ?? (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } variable ? variable : null);
        _remembered = File.Exists(directory.DatabaseChoice) ? File.ReadAllText(directory.DatabaseChoice).Trim() : null;
        var text = _said ?? _remembered ?? Sqlite;
        Engine = text == Sqlite ? new SqliteEngine(directory.Database) : new PostgresEngine(text);
    }

    public IDatabaseEngine Engine { get; }

    /// <exception cref="CloudException">It is no connection string.</exception>
    public static DatabaseChoice Of(DataDirectory directory, string? said) => new(directory, said);

    /// <summary>After it was reached: a wrong one is not worth remembering.</summary>
    public void Remember()
    {
        var text = _said is null or Sqlite ? _said : PostgresEngine.WithoutPassword(_said);
        if (text is not null && text != (_remembered ?? Sqlite))
        {
            DataDirectory.WriteAtomically(_directory.DatabaseChoice, Encoding.UTF8.GetBytes(text + "\n"));
        }
    }
}
