using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace EdgeVision.EndToEnd.Tests;

/// <summary>The published daemon on a configuration of its own.</summary>
internal sealed class Device : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly string _config;
    private readonly int _port;
    private readonly string[] _under;
    private readonly string _daemon;
    private RunningProgram? _program;

    /// <param name="folder">Configuration and state go here.</param>
    /// <param name="model">Package folder.</param>
    /// <param name="source">What the one camera, "street", looks at; looped in real time when it is a file.</param>
    /// <param name="hub">Null runs without a hub.</param>
    /// <param name="more">Further lines of the configuration: of the camera, then sections of their own.</param>
    /// <param name="daemon">Null = the one that users run.</param>
    /// <param name="under">A program with its arguments that starts the daemon, for example env with variables.</param>
    public Device(string folder, string model, string source, EnrolledDevice? hub = null, string more = "", string? daemon = null, params string[] under)
    {
        (_under, _daemon) = (under, daemon ?? Published.Daemon);
        Directory.CreateDirectory(folder);
        _config = Path.Combine(folder, "edgevision.toml");
        _port = FreePort();
        File.WriteAllText(_config, $"""
            [device]
            state_directory = "{folder}/state"
            [model]
            directory = "{model}"
            [telemetry]
            interval_seconds = 1
            [http]
            port = {_port.ToString(CultureInfo.InvariantCulture)}
            [[camera]]
            id = "street"
            source = "{source}"
            paced = true
            loop = true
            stall_seconds = 3
            {more}
            {(hub is { } h ? $"[hub]\nconnection_string_file = \"{h.ConnectionStringFile}\"\nca_file = \"{h.CaFile}\"\n[update]\nroot_file = \"{h.RootFile}\"\nshadow_minutes = 0\nprobation_minutes = 0.02" : "")}
            """);
        Start();
    }

    public string Page => $"http://127.0.0.1:{_port}/";

    public string Config => _config;

    public RunningProgram Program => _program!;

    /// <param name="under">For this start alone.</param>
    public void Start(params string[] under)
    {
        _program?.Dispose();
        string[] command = [.. _under, .. under, _daemon, "run", "--config", _config];
        _program = RunningProgram.Start(command[0], command[1..]);
    }

    /// <summary>Sum of a metric over its labels; -1 while the page does not answer.</summary>
    public double Metric(string name, string label = "")
    {
        var text = Get("metrics");
        return text is null ? -1 : text.Split('\n')
            .Where(line => line.StartsWith(name, StringComparison.Ordinal) && line.Contains(label, StringComparison.Ordinal))
            .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }

    public JsonElement Status => JsonDocument.Parse(Get("status.json") ?? "{}").RootElement;

    /// <summary>Pids of the decoders.</summary>
    public IReadOnlyList<int> Children =>
    [
        .. Directory.GetDirectories($"/proc/{Program.Id}/task").SelectMany(task => File.ReadAllText(task + "/children")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(child => int.Parse(child, CultureInfo.InvariantCulture))),
    ];

    public void WaitForFrames(double count, int seconds = 30) =>
        Eventually.True(() => Metric("edgevision_frames_processed_total") >= count, TimeSpan.FromSeconds(seconds), () => Program.Output + Program.Error);

    public string? Get(string path)
    {
        try
        {
            return _http.GetStringAsync(new Uri(Page + path)).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    public byte[] Picture(string camera) => _http.GetByteArrayAsync(new Uri($"{Page}latest.jpg?camera={camera}")).GetAwaiter().GetResult();

    public void Dispose()
    {
        _program?.Dispose();
        _http.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
