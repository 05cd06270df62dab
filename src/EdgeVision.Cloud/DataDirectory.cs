using System.Security.Cryptography;
using System.Text;
using EdgeVision.Cloud.Certificates;

namespace EdgeVision.Cloud;

/// <summary>Everything a hub keeps, in one directory that only its owner may read.</summary>
/// <remarks>
/// hub.db (devices, twins, telemetry, releases), ca/ (certificates), models/ (the repository), trust/ (the keys that sign it, where they are this hub's own), files/ (what devices sent, where there is no other store), service.key, endpoints.json (while it runs), hub.json (its last addresses),
/// database (the PostgreSQL that is used instead of hub.db, without its password).
/// Any number of processes may have it open; at most one of them serves.
/// </remarks>
internal sealed class DataDirectory
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private DataDirectory(string path) => Path = path;

    public string Path { get; }

    public string Database => File("hub.db");

    public string DatabaseChoice => File("database");

    public string CertificateFolder => File("ca");

    public string CaFile => System.IO.Path.Combine(CertificateFolder, "ca.pem");

    /// <summary>Names this hub's provisioning service to devices; as lasting as its root, of which it is made.</summary>
    public string IdScope => "0ne" + Convert.ToHexString(SHA256.HashData(System.IO.File.ReadAllBytes(CaFile)))[..8];

    public string Models => File("models");

    /// <summary>Private keys of the repository.</summary>
    public string Trust => File("trust");

    public string Files => File("files");

    /// <summary>Pieces of files that are not whole yet.</summary>
    public string IncomingFiles => File("files.incoming");

    public string Endpoints => File("endpoints.json");

    public string LastEndpoints => File("hub.json");

    public string ServingLock => File("serving.lock");

    private string ServiceKeyFile => File("service.key");

    /// <summary>Opens a hub's directory, and makes it where there is none.</summary>
    /// <exception cref="CloudException">It cannot be made or written.</exception>
    public static DataDirectory Create(string path)
    {
        var directory = new DataDirectory(System.IO.Path.GetFullPath(path));
        try
        {
            Directory.CreateDirectory(directory.Path, OwnerOnly | UnixFileMode.UserExecute);
            // Two first commands may run at once, and both must end up with the same key.
            using var alone = FileLock.Wait(directory.File("creating.lock"), TimeSpan.FromSeconds(20));
            CreateSecret(directory.Database, []);
            CreateSecret(directory.ServiceKeyFile, Encoding.ASCII.GetBytes(NewKey()));
            CertificateAuthority.Create(directory);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CloudException($"{directory.Path} cannot be used as data directory: {exception.Message}", exception);
        }

        return directory;
    }

    /// <summary>Opens the directory of a hub that was set up before.</summary>
    /// <exception cref="CloudException">There is no hub.</exception>
    public static DataDirectory Open(string path)
    {
        var directory = new DataDirectory(System.IO.Path.GetFullPath(path));
        return System.IO.File.Exists(directory.Database)
            ? directory
            : throw new CloudException($"{directory.Path} holds no hub. Start one with: edgevision-cloud serve --data {path}");
    }

    /// <summary>Base64 of 32 random bytes.</summary>
    public static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>Base64; whoever reads it may do everything over REST.</summary>
    public string ReadServiceKey() => System.IO.File.ReadAllText(ServiceKeyFile).Trim();

    /// <summary>Writes a file whole or not at all, readable by its owner only unless told otherwise.</summary>
    public static void WriteAtomically(string path, ReadOnlySpan<byte> contents, UnixFileMode mode = OwnerOnly)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        using (var file = new FileStream(temporary, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = mode }))
        {
            file.Write(contents);
            file.Flush(flushToDisk: true);
        }

        System.IO.File.Move(temporary, path, overwrite: true);
    }

    private string File(string name) => System.IO.Path.Combine(Path, name);

    private static void CreateSecret(string path, ReadOnlySpan<byte> contents)
    {
        if (!System.IO.File.Exists(path))
        {
            WriteAtomically(path, contents);
        }
    }
}
