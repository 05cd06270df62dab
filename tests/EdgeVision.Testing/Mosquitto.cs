using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Xunit;

namespace EdgeVision.Testing;

/// <summary>A real Mosquitto on loopback with a configuration of its own: TLS, a password, retained messages that survive a restart; and Mosquitto's own clients to look at it.</summary>
public sealed class Mosquitto : IDisposable
{
    public const string User = "edge", Password = "s3cret word";
    private const string Program = "/usr/sbin/mosquitto";
    private readonly PemAuthority _authority;
    private readonly string _folder;
    private readonly string[] _more;
    private RunningProgram? _server;

    /// <param name="folder">Everything goes here.</param>
    /// <param name="tls">False = plain.</param>
    /// <param name="more">Further lines of its configuration.</param>
    public Mosquitto(string folder, bool tls = true, params string[] more)
    {
        Assert.SkipUnless(File.Exists(Program), "needs the packages mosquitto and mosquitto-clients");
        (_folder, _more, Tls) = (folder, more, tls);
        _authority = new PemAuthority(folder);
        PasswordFile = Path.Combine(folder, "password");
        File.WriteAllText(PasswordFile, Password + "\n");
        Assert.Equal(0, Published.Run("mosquitto_passwd", TimeSpan.FromSeconds(10), "-b", "-c", Path.Combine(folder, "users"), User, Password).ExitCode);
        Port = FreePort();
        Start();
    }

    public int Port { get; }

    public bool Tls { get; }

    public string CaFile => _authority.File;

    /// <summary>Holds <see cref="Password"/>.</summary>
    public string PasswordFile { get; }

    public string Log => _server is null ? "" : _server.Output + _server.Error;

    /// <summary>A certificate from the broker's own CA.</summary>
    public (string CertificateFile, string KeyFile) Issue(string commonName) => _authority.Issue(commonName);

    /// <summary>Comes back where it was.</summary>
    public void Start()
    {
        var configuration = Path.Combine(_folder, "mosquitto.conf");
        var (certificate, key) = _authority.Issue("broker");
        File.WriteAllLines(configuration,
        [
            $"listener {Port} 127.0.0.1", "user root", "allow_anonymous false", $"password_file {_folder}/users", "persistence true", $"persistence_location {_folder}/",
            .. Tls ? new[] { $"cafile {CaFile}", $"certfile {certificate}", $"keyfile {key}" } : [],
            .. _more,
        ]);
        _server = RunningProgram.Start(Program, "-v", "-c", configuration);
        _server.WaitForText("running", TimeSpan.FromSeconds(10));
    }

    /// <summary>A proper end: it keeps what is retained.</summary>
    public void Stop()
    {
        _server!.Signal(15);
        _server.WaitForExit(TimeSpan.FromSeconds(10));
    }

    /// <summary>Mosquitto's own subscriber, listening when this returns; stdbuf, because into a pipe it would say what it heard only now and then.</summary>
    public MosquittoListener Listen(string topic, string protocol = "mqttv5", params string[] more) =>
        MosquittoListener.Start(RunningProgram.Start("stdbuf", ["-oL", "mosquitto_sub", .. Arguments(protocol), "-d", "-q", "1", "-t", topic, "-F", "%j", .. more]));

    /// <summary>The same with a session that the broker keeps, over its own restart too: nothing that it took passes unheard.</summary>
    public MosquittoListener ListenForEver(string topic) => Listen(topic, "mqttv5", "-i", "listener", "-c", "-x", "600");

    public void Publish(string topic, string payload, params string[] more)
    {
        var file = Path.Combine(_folder, "payload");
        File.WriteAllText(file, payload);
        var output = Published.Run("mosquitto_pub", TimeSpan.FromSeconds(10), [.. Arguments("mqttv5"), "-q", "1", "-t", topic, .. payload.Length > 0 ? new[] { "-f", file } : ["-n"], .. more]);
        Assert.True(output.ExitCode == 0, output.Error);
    }

    /// <summary>Asks and waits for the answer (MQTT 5: response topic and correlation data).</summary>
    public JsonElement Ask(string topic, string payload, string answerTopic)
    {
        var output = Published.Run("mosquitto_rr", TimeSpan.FromSeconds(20), [.. Arguments("mqttv5"), "-q", "1", "-W", "15", "-t", topic, "-e", answerTopic, "-m", payload, "-F", "%j"]);
        Assert.True(output.ExitCode == 0, output.Error + output.Output);
        return JsonDocument.Parse(output.Output).RootElement;
    }

    public void Dispose()
    {
        _server?.Dispose();
        _authority.Dispose();
    }

    private string[] Arguments(string protocol) =>
    [
        "-V", protocol, "-h", "localhost", "-p", Port.ToString(CultureInfo.InvariantCulture), "-u", User, "-P", Password, .. Tls ? new[] { "--cafile", CaFile } : [],
    ];

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
