using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace EdgeVision.Testing;

/// <summary>Microsoft's own blob store for development, over TLS with the certificate of the hub beside it.</summary>
public sealed class Azurite : IDisposable
{
    // The account and key that Azurite is known by; nobody's secret.
    private const string Account = "devstoreaccount1", Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private static readonly string Folder = Path.Combine(TestData.RepositoryRoot, "tests", "EdgeVision.Cloud.Tests", "azurite");
    private readonly TemporaryDirectory _data = new();
    private readonly RunningProgram _program;

    /// <param name="host">The address it listens at, which the hub's certificate names.</param>
    /// <param name="port">A free one.</param>
    /// <param name="hubData">The data directory of that hub.</param>
    public Azurite(string host, int port, string hubData)
    {
        // Loose, because the SDK's storage client names an encryption that Azurite does not know and otherwise answers with 500.
        _program = RunningProgram.Start(
            "node", Path.Combine(Folder, "node_modules", "azurite", "dist", "src", "blob", "main.js"), "--blobHost", host, "--blobPort", port.ToString(CultureInfo.InvariantCulture),
            "--location", _data.Path, "--cert", Path.Combine(hubData, "ca", "server.pem"), "--key", Path.Combine(hubData, "ca", "server.key"), "--skipApiVersionCheck", "--disableTelemetry", "--loose");
        try
        {
            _program.WaitForText("successfully listens", TimeSpan.FromSeconds(60));
        }
        catch
        {
            Dispose(); // nobody else would
            throw;
        }
    }

    public static string ConnectionString(string host, int port) =>
        $"DefaultEndpointsProtocol=https;AccountName={Account};AccountKey={Key};BlobEndpoint=https://{host}:{port.ToString(CultureInfo.InvariantCulture)}/{Account}";

    public static void Require() => Assert.SkipUnless(Directory.Exists(Path.Combine(Folder, "node_modules", "azurite")), $"needs the packages of {Folder}: run make setup");

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>All that lies in the store, wherever it keeps it.</summary>
    public long StoredBytes => new DirectoryInfo(_data.Path).EnumerateFiles("*", SearchOption.AllDirectories).Where(file => !file.Name.EndsWith(".json", StringComparison.Ordinal)).Sum(file => file.Length);

    public string Output => _program.Output + _program.Error;

    public void Dispose()
    {
        _program.Dispose();
        _data.Dispose();
    }
}
