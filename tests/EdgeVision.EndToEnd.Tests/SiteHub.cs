using System.Text.Json;

namespace EdgeVision.EndToEnd.Tests;

/// <summary>The published site hub, started on free ports over a directory of its own.</summary>
internal sealed class SiteHub : IDisposable
{
    private readonly RunningProgram _server;
    private readonly string _data;

    public SiteHub(string data)
    {
        _data = data;
        _server = RunningProgram.Start(Published.Cloud, "serve", "--data", data, "--mqtt-port", "0", "--https-port", "0");
        Eventually.True(() => File.Exists(Path.Combine(data, "endpoints.json")), TimeSpan.FromSeconds(60), () => _server.Output + _server.Error);
    }

    /// <summary>Enrols a device and writes its connection string to a file.</summary>
    public (string ConnectionStringFile, string CaFile) Enrol(string device)
    {
        var answer = Command("device", "add", device, "--json").RootElement;
        var file = Path.Combine(_data, device + ".connection");
        File.WriteAllText(file, answer.GetProperty("connectionString").GetString());
        return (file, answer.GetProperty("caFile").GetString()!);
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
}
