using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVision.Agent.Tests;

/// <summary>File, wishes and the copy on disk together.</summary>
public sealed class LiveConfigurationTests : IDisposable
{
    private const string File = "[model]\ndirectory = \"m\"\n[[camera]]\nid = \"north\"\nsource = \"x.mp4\"\n";
    private readonly TemporaryDirectory _folder = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<AgentOptions> _applied = [];
    private volatile JsonObject _answer = [];

    public LiveConfigurationTests() => System.IO.File.WriteAllText(Toml, File);

    private string Toml => _folder.File("edgevision.toml");

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Wish_GoodThenBad_TheBadOneIsAnsweredAndChangesNothing()
    {
        var live = Start();

        live.Wish(Desired(4, """{"telemetry": {"intervalSeconds": 9}}"""));
        Eventually.True(() => Answered(200, 4), TimeSpan.FromSeconds(5));
        live.Wish(Desired(5, """{"telemetry": {"intervalSeconds": 11}, "cameras": {"north": {"stallSeconds": 900}}}"""));
        Eventually.True(() => Answered(400, 5), TimeSpan.FromSeconds(5));

        Assert.Equal((9.0, 1), (live.Current.Telemetry.IntervalSeconds, _applied.Count));
        Assert.Equal("config.cameras.north.stallSeconds wants a number from 1 to 300, not 900", _answer["ad"]!.GetValue<string>());
        Assert.Equal(9, _answer["value"]!["telemetry"]!["intervalSeconds"]!.GetValue<double>());
    }

    [Fact]
    public void Wish_TheSameTwice_IsAppliedOnceAndAnsweredWithTheNewerVersion()
    {
        var live = Start();

        foreach (var version in new[] { 1, 2 })
        {
            live.Wish(Desired(version, """{"telemetry": {"intervalSeconds": 9}}"""));
            Eventually.True(() => Answered(200, version), TimeSpan.FromSeconds(5));
        }

        Assert.Single(_applied);
    }

    [Fact]
    public void Wish_ManyAtOnce_EndsInTheLast()
    {
        var live = Start();

        for (var i = 1; i <= 50; i++)
        {
            live.Wish(Desired(i, $$$"""{"telemetry": {"intervalSeconds": {{{i}}}}}"""));
        }

        Eventually.True(() => Answered(200, 50), TimeSpan.FromSeconds(5));
        Assert.Equal(50, live.Current.Telemetry.IntervalSeconds);
    }

    [Fact]
    public void Wish_TakenBack_IsTheFileAgain()
    {
        var live = Start();
        live.Wish(Desired(1, """{"telemetry": {"intervalSeconds": 9}}"""));
        Eventually.True(() => Answered(200, 1), TimeSpan.FromSeconds(5));

        live.Wish((JsonObject)JsonNode.Parse("""{"$version": 2}""")!);

        Eventually.True(() => Answered(203, 0), TimeSpan.FromSeconds(5));
        Assert.Equal(5, live.Current.Telemetry.IntervalSeconds);
        Assert.Equal(5, Open().Current.Telemetry.IntervalSeconds);
    }

    [Fact]
    public void Start_WithoutTheHub_TheLastGoodWishesAreInEffect()
    {
        var live = Start();
        live.Wish(Desired(1, """{"telemetry": {"intervalSeconds": 9}, "cameras": {"north": {"masks": [[0, 0, 1, 0, 1, 1]]}}}"""));
        Eventually.True(() => Answered(200, 1), TimeSpan.FromSeconds(5));
        live.Wish(Desired(2, """{"telemetry": {"intervalSeconds": -1}}"""));
        Eventually.True(() => Answered(400, 2), TimeSpan.FromSeconds(5));

        var next = Open();

        Assert.Equal((live.Current.Hash, 9.0), (next.Current.Hash, next.Current.Telemetry.IntervalSeconds));
        Assert.Single(next.Current.Cameras[0].Masks);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(80)]
    public void Start_KeptCopyIsCutOrChanged_IsTheFile(int at)
    {
        new OverlayStore(_folder.File("state")).Save((JsonObject)JsonNode.Parse("""{"telemetry": {"intervalSeconds": 9}}""")!);
        Assert.Equal(9, Open().Current.Telemetry.IntervalSeconds);
        var path = Path.Combine(_folder.File("state"), "config.json");
        var bytes = System.IO.File.ReadAllBytes(path);
        bytes[at] ^= 1;

        foreach (var damaged in new[] { bytes, bytes[..at] })
        {
            System.IO.File.WriteAllBytes(path, damaged);
            Assert.Equal(5, Open().Current.Telemetry.IntervalSeconds);
        }
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public void Save_SourceWithPassword_CanBeReadByTheDaemonAlone()
    {
        new OverlayStore(_folder.File("state")).Save([]);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(Path.Combine(_folder.File("state"), "config.json")));
    }

    [Fact]
    public async Task Reload_FileChanges_WishesStayOverIt_AndABrokenFileChangesNothing()
    {
        var live = Start();
        live.Wish(Desired(1, """{"telemetry": {"intervalSeconds": 9}}"""));
        Eventually.True(() => Answered(200, 1), TimeSpan.FromSeconds(5));

        System.IO.File.WriteAllText(Toml, File + "stall_seconds = 20\n[telemetry]\ninterval_seconds = 30\n");
        Assert.Null(await live.ReloadAsync());
        Assert.Equal((9.0, 20.0), (live.Current.Telemetry.IntervalSeconds, live.Current.Cameras[0].StallSeconds));

        System.IO.File.WriteAllText(Toml, File + "stall_secconds = 30\n");
        Assert.Contains("did you mean stall_seconds?", await live.ReloadAsync(), StringComparison.Ordinal);
        Assert.Equal(20, live.Current.Cameras[0].StallSeconds);
    }

    private LiveConfiguration Start()
    {
        var live = Open();
        _ = live.RunAsync(_stop.Token);
        return live;
    }

    private LiveConfiguration Open() => new(Toml, ConfigurationReader.Read(Toml), new OverlayStore(_folder.File("state")), NullLogger<LiveConfiguration>.Instance)
    {
        Apply = (_, options) => _applied.Add(options), Report = answer => _answer = answer,
    };

    private static JsonObject Desired(int version, string config) => (JsonObject)JsonNode.Parse($$"""{"config": {{config}}, "$version": {{version}}}""")!;

    private bool Answered(int code, int version) => _answer["ac"]?.GetValue<int>() == code && _answer["av"]!.GetValue<long>() == version;
}
