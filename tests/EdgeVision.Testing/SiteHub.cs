using System.Globalization;
using System.Text.Json;
using Xunit;

namespace EdgeVision.Testing;

/// <summary>The published site hub, started on free ports over a directory of its own.</summary>
public sealed class SiteHub : IDisposable
{
    private readonly string _data;
    private RunningProgram _server;

    private readonly string[] _arguments;

    /// <param name="data">The hub's directory.</param>
    /// <param name="arguments">More of them for <c>serve</c>.</param>
    public SiteHub(string data, params string[] arguments)
    {
        (_data, _arguments) = (data, arguments);
        _server = Start(0);
    }

    public int MqttPort => Endpoints.GetProperty("mqttPort").GetInt32();

    public int HttpsPort => Endpoints.GetProperty("httpsPort").GetInt32();

    /// <summary>Names its provisioning service, which is at the MQTT port.</summary>
    public string IdScope => Endpoints.GetProperty("idScope").GetString()!;

    private JsonElement Endpoints => JsonDocument.Parse(File.ReadAllText(EndpointsFile)).RootElement;

    private string EndpointsFile => Path.Combine(_data, "endpoints.json");

    /// <summary>Like a power cut: nobody is told.</summary>
    public void Kill()
    {
        Port = MqttPort;
        _server.Dispose();
    }

    /// <summary>After <see cref="Kill"/>: comes back where it was.</summary>
    public void StartAgain() => _server = Start(Port);

    private int Port { get; set; }

    /// <summary>Enrols a device and writes its connection string to a file.</summary>
    public EnrolledDevice Enrol(string device, params string[] more)
    {
        var answer = Command(["device", "add", device, "--json", .. more]).RootElement;
        var file = Path.Combine(_data, device + ".connection");
        File.WriteAllText(file, answer.GetProperty("connectionString").GetString());
        return new EnrolledDevice(file, answer.GetProperty("caFile").GetString()!, answer.GetProperty("rootFile").GetString());
    }

    /// <summary>Runs a command that answers with JSON.</summary>
    public JsonDocument Command(params string[] arguments)
    {
        var output = Published.Run(Published.Cloud, TimeSpan.FromSeconds(40), [.. arguments, "--data", _data]);
        Assert.True(output.ExitCode == 0, $"{string.Join(' ', arguments)}: {output.Error}");
        return JsonDocument.Parse(output.Output);
    }

    /// <summary>Every message received so far, oldest first.</summary>
    public IReadOnlyList<JsonElement> Telemetry(string device)
    {
        var output = Published.Run(Published.Cloud, TimeSpan.FromSeconds(40), "telemetry", "--data", _data, "--device", device, "--json");
        Assert.True(output.ExitCode == 0, output.Error);
        return [.. output.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    public JsonElement Reported(string device) =>
        Command("twin", "get", device).RootElement.GetProperty("properties").GetProperty("reported");

    public void Dispose() => _server.Dispose();

    private RunningProgram Start(int mqttPort)
    {
        if (File.Exists(EndpointsFile))
        {
            File.Delete(EndpointsFile); // of one that was killed
        }

        var server = RunningProgram.Start("/usr/bin/env", [$"SSL_CERT_FILE={Path.Combine(_data, "ca", "ca.pem")}", Published.Cloud, "serve", "--data", _data, "--mqtt-port", mqttPort.ToString(CultureInfo.InvariantCulture), "--https-port", "0", .. _arguments]);
        Eventually.True(() => File.Exists(EndpointsFile), TimeSpan.FromSeconds(60), () => server.Output + server.Error);
        return server;
    }
}
