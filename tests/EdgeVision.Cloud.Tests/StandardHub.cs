using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace EdgeVision.Cloud.Tests;

/// <summary>The published program on the ports that the official SDKs know and cannot be told otherwise, 8883 and 443, at a loopback address of its own.</summary>
internal sealed class StandardHub : IDisposable
{
    private static int _count;

    public StandardHub(params string[] more)
        : this(_ => more)
    {
    }

    /// <param name="more">Further arguments, given the host.</param>
    public StandardHub(Func<string, string[]> more)
    {
        Assert.SkipUnless(MayListen(), "needs the right to listen on port 443: run as root, or set net.ipv4.ip_unprivileged_port_start");
        Hub = new PublishedHub(start: false) { ServeArguments = ["--mqtt-port", "8883", "--https-port", "443", "--listen", Host, "--host", Host, .. more(Host)] };
        Hub.Json("device", "add", "first", "--json"); // makes the directory, and with it the root
        Hub.Start();
    }

    // Two test runs on one machine must not meet.
    public string Host { get; } = $"127.{(Environment.ProcessId % 200) + 10}.{(Environment.ProcessId / 200 % 200) + 10}.{Interlocked.Increment(ref _count)}";

    public PublishedHub Hub { get; }

    public string CaFile => Path.Combine(Hub.Data, "ca", "ca.pem");

    /// <summary>Runs a script of the folder <c>node</c>.</summary>
    public RunningProgram Node(string script, object options)
    {
        var folder = Path.Combine(TestData.RepositoryRoot, "tests", "EdgeVision.Cloud.Tests", "node");
        Assert.SkipUnless(Directory.Exists(Path.Combine(folder, "node_modules", "azure-iot-provisioning-device")), $"needs the packages of {folder}: run make setup");
        return RunningProgram.Start("/usr/bin/env", $"NODE_EXTRA_CA_CERTS={CaFile}", "node", Path.Combine(folder, script), JsonSerializer.Serialize(options));
    }

    public string Enrol(string id, params string[] more) => Hub.Json(["device", "add", id, "--json", .. more]).GetProperty("connectionString").GetString()!;

    public IReadOnlyList<JsonElement> Telemetry(string id) =>
        [.. Hub.Run("telemetry", "--device", id, "--json").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    public void Dispose() => Hub.Dispose();

    private static bool MayListen()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Parse("127.9.9.9"), 443));
            return true;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode == SocketError.AddressAlreadyInUse;
        }
    }
}
