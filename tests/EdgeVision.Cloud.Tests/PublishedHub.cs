using System.Text.Json;

namespace EdgeVision.Cloud.Tests;

/// <summary>The published program, serving a directory of its own on free ports.</summary>
internal sealed class PublishedHub : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public PublishedHub(bool start = true)
    {
        if (start)
        {
            Start();
        }
    }

    /// <summary>How it is served; free ports unless told otherwise.</summary>
    public string[] ServeArguments { get; init; } = ["--mqtt-port", "0", "--https-port", "0"];

    public RunningProgram? Server { get; private set; }

    public string Data => _folder.File("hub");

    /// <summary>Trusts, as a client of others, what its own root signed: a blob store that borrows its certificate.</summary>
    public void Start()
    {
        Server?.Dispose();
        Server = RunningProgram.Start("/usr/bin/env", [$"SSL_CERT_FILE={Path.Combine(Data, "ca", "ca.pem")}", Published.Cloud, "serve", "--data", Data, .. ServeArguments]);
        Eventually.True(() => HubAddress.TryRead(Path.Combine(Data, "endpoints.json")) is not null && Server.Output.Contains("Listening", StringComparison.Ordinal), TimeSpan.FromSeconds(20), () => Server.Error);
    }

    public ProgramOutput Run(params string[] arguments) => Published.Run(Published.Cloud, TimeSpan.FromSeconds(40), [.. arguments, "--data", Data]);

    public JsonElement Json(params string[] arguments)
    {
        var output = Run(arguments);
        Assert.True(output.ExitCode == 0, $"{string.Join(' ', arguments)}: {output.Error}");
        return JsonDocument.Parse(output.Output).RootElement;
    }

    public RunningProgram Follow() => RunningProgram.Start(Published.Cloud, "telemetry", "--follow", "--json", "--data", Data);

    public async Task<RawDevice> ConnectAsync(string id)
    {
        var added = Hub.HubConnectionString.Parse(Json("device", "add", id, "--json").GetProperty("connectionString").GetString()!);
        var device = await RawDevice.OpenAsync(added.Port);
        var token = Hub.SasToken.Create($"{added.HostName}/devices/{id}", added.SharedAccessKey, TimeProvider.System.GetUtcNow().AddMinutes(5));
        Assert.Equal(0, await device.ConnectAsync(id, $"{added.HostName}/{id}/?api-version=2021-04-12", token));
        return device;
    }

    public void Dispose()
    {
        Server?.Dispose();
        _folder.Dispose();
    }
}
