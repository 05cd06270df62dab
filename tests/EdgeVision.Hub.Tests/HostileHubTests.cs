using System.Diagnostics;
using System.Globalization;

namespace EdgeVision.Hub.Tests;

/// <summary>Hubs that will not have us, for hours: an hour of the device's clock is a minute here.</summary>
[Collection(nameof(RunsAlone))]
public sealed class HostileHubTests : IDisposable
{
    private const double Factor = 400;
    private static readonly int Cycles = int.Parse(Environment.GetEnvironmentVariable("EDGEVISION_SOAK_CYCLES") ?? "1", CultureInfo.InvariantCulture);
    private readonly TemporaryDirectory _folder = new();
    private readonly TestAuthority _authority;
    private readonly HurriedTime _time = new(Factor);

    public HostileHubTests() => _authority = new TestAuthority(_folder.Path);

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("says nothing", HubFailure.TimedOut)]
    [InlineData("CONNACK 3", HubFailure.Busy)]
    [InlineData("CONNACK 5", HubFailure.Unauthorized)]
    [InlineData("resets", HubFailure.Closed)]
    [InlineData("closes", HubFailure.Closed)]
    public void Run_HubWillNotHaveUs_NeverHammersKeepsItsMemoryAndComesBackWithinOneWait(string what, HubFailure expected)
    {
        using var hub = new StandInHub(_authority) { Resets = what == "resets", Remembers = false };
        hub.OnConnect = what switch { "CONNACK 3" => _ => 3, "CONNACK 5" => _ => 5, "closes" => Close, _ => _ => null };
        using var client = new RunningClient(Options(hub), time: _time);

        client.Wait(status => status.Failure == expected);
        // a refusal waits for up to ten minutes, so there are fewer of them
        var (warm, attempts) = expected == HubFailure.Unauthorized ? (15, 30 * Cycles) : (25, 75 * Cycles);
        After(hub, client, warm);
        var (managed, resident) = Memory();
        After(hub, client, attempts);
        var (managedAfter, residentAfter) = Memory();

        var hours = _time.GetElapsedTime(0).TotalHours;
        TestContext.Current.TestOutputHelper?.WriteLine($"{what}: {hub.Attempts.Count} attempts in {hours:0.0} h, managed {(managedAfter - managed) / 1024.0:0} KiB, resident {(residentAfter - resident) / 1024.0:0} KiB");
        // a second of the device is 2.5 ms here, which no timer keeps: ten of them together it does
        Assert.All(hub.Attempts.Zip(hub.Attempts.Skip(10)), pair => Assert.True(Between(pair.First, pair.Second) > 8, $"ten within {Between(pair.First, pair.Second)} s"));
        Assert.True(managedAfter - managed < 256 << 10, $"managed memory grew by {managedAfter - managed} bytes over {attempts - warm} attempts");

        (hub.Resets, hub.OnConnect) = (false, _ => 0);
        client.Wait(status => status.State == HubState.Connected, 1.5 * 600 / Factor + 5);
    }

    private static byte? Close(StandInConnection device)
    {
        device.Close();
        return null;
    }

    private static void After(StandInHub hub, RunningClient client, int attempts) =>
        Eventually.True(() => hub.Attempts.Count >= attempts, TimeSpan.FromMinutes(1 + Cycles), () => $"{hub.Attempts.Count} attempts, {client.Status}");

    /// <summary>Of the device's clock.</summary>
    private static double Between(long first, long second) => TimeProvider.System.GetElapsedTime(first, second).TotalSeconds * Factor;

    private static (long Managed, long Resident) Memory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var managed = GC.GetTotalMemory(forceFullCollection: true);
        using var process = Process.GetCurrentProcess();
        return (managed, process.WorkingSet64);
    }

    private HubOptions Options(StandInHub hub) => new()
    {
        ConnectionString = HubConnectionString.Parse($"HostName=localhost:{hub.Port};DeviceId=cam-1;SharedAccessKey=a2V5"), CaFile = _authority.CaFile, Transport = HubTransport.Mqtt,
    };
}
