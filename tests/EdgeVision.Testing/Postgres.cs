using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace EdgeVision.Testing;

/// <summary>A PostgreSQL server of our own: a fresh cluster in a temporary directory, on a free loopback port, ended with the test run.</summary>
/// <remarks>PostgreSQL refuses to run as root; where the tests do, it runs as Debian's user <c>postgres</c>.</remarks>
public sealed class Postgres : IDisposable
{
    private const string User = "edgevision", Password = "s3cret-of-the-tests";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly Lazy<Postgres> SharedCluster = new(() =>
    {
        var cluster = new Postgres();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => cluster.Dispose();
        return cluster;
    });

    private static int _databases;
    private readonly string _folder = Directory.CreateTempSubdirectory("edgevision-pg-").FullName;
    private readonly int _port = FreePort();
    private RunningProgram? _server;

    public Postgres()
    {
        if (Environment.IsPrivilegedProcess)
        {
            Assert.Equal(0, Published.Run("chown", Patience, "postgres", _folder).ExitCode);
        }

        var passwordFile = Path.Combine(_folder, "password");
        File.WriteAllText(passwordFile, Password);
        var made = AsItsUser("initdb", "-D", Cluster, "-U", User, "-E", "UTF8", "--locale=C.UTF-8", "--auth-local=trust", "--auth-host=scram-sha-256", "--pwfile=" + passwordFile);
        Assert.True(made.WaitForExit(Patience) is { ExitCode: 0 }, made.Error);
        Start();
    }

    /// <summary>One for all tests that do not stop it; the running test is skipped where PostgreSQL is not installed.</summary>
    public static Postgres Shared
    {
        get
        {
            Require();
            return SharedCluster.Value;
        }
    }

    private string Cluster => Path.Combine(_folder, "cluster");

    /// <summary>Skips the running test where PostgreSQL is not installed.</summary>
    public static void Require() => Assert.SkipUnless(Programs() is not null, "needs PostgreSQL: run make setup-test");

    /// <returns>The connection string of a fresh, empty database.</returns>
    public string CreateDatabase()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"hub{Interlocked.Increment(ref _databases)}");
        var created = Published.Run(Path.Combine(Programs()!, "createdb"), Patience, "-h", _folder, "-p", Port, "-U", User, name);
        Assert.True(created.ExitCode == 0, created.Error);
        return $"Host=127.0.0.1;Port={Port};Database={name};Username={User};Password={Password}";
    }

    public void Start()
    {
        _server = AsItsUser("postgres", "-D", Cluster, "-p", Port, "-k", _folder, "-c", "listen_addresses=127.0.0.1");
        Eventually.True(IsReady, Patience, () => _server.Error);
    }

    /// <summary>Ends it at once and without a word to its clients, as a power cut does.</summary>
    public void Kill()
    {
        if (_server is { HasExited: false })
        {
            _server.Signal(3);
            _server.WaitForExit(Patience);
        }

        _server?.Dispose();
    }

    public void Dispose()
    {
        Kill();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private string Port => _port.ToString(CultureInfo.InvariantCulture);

    private bool IsReady() => Published.Run(Path.Combine(Programs()!, "pg_isready"), Patience, "-h", "127.0.0.1", "-p", Port).ExitCode == 0;

    private static RunningProgram AsItsUser(string program, params string[] arguments)
    {
        var path = Path.Combine(Programs()!, program);
        return Environment.IsPrivilegedProcess
            ? RunningProgram.Start("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", "--", path, .. arguments])
            : RunningProgram.Start(path, arguments);
    }

    /// <returns>The folder of the newest version; null where there is none.</returns>
    private static string? Programs() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(folder => File.Exists(Path.Combine(folder, "initdb"))).Max(StringComparer.Ordinal)
        : null;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
