using System.Diagnostics;
using System.Globalization;

namespace EdgeVision.Hub.Tests;

/// <summary>Hubs that will not have us, for hours: an hour of the device's clock is a minute here.</summary>
[Collection(nameof(RunsAlone))]
public sealed class HostileHubTests : IDisposable
{
    private const double Factor = 400, MostPerHour = 1 << 20;
    private static readonly int Cycles = int.Parse(Environment.GetEnvironmentVariable("EDGEVISION_SOAK_CYCLES") ?? "1", CultureInfo.InvariantCulture);
    private readonly TemporaryDirectory _folder = new();
    private readonly TestAuthority _authority;
    private HurriedTime _time = new(Factor);

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
        WarmUp(what);
        _time = new HurriedTime(Factor);
        using var hub = Hostile(what);
        using var client = new RunningClient(Options(hub), time: _time);

        client.Wait(status => status.Failure == expected);
        // a refusal waits for up to ten minutes, so there are fewer of them
        var attempts = (expected == HubFailure.Unauthorized ? 30 : 75) * Cycles;
        var (managed, resident) = Watch(hub, client, attempts);

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{what}: {hub.Attempts.Count} attempts in {Hours:0.0} h, {managed.Count} samples, managed {managed.PerHour() / 1024:0} KiB/h, resident {resident.PerHour() / 1024:0} KiB/h");
        // a second of the device is 2.5 ms here, which no timer keeps: ten of them together it does
        Assert.All(hub.Attempts.Zip(hub.Attempts.Skip(10)), pair => Assert.True(Between(pair.First, pair.Second) > 8, $"ten within {Between(pair.First, pair.Second)} s"));
        Assert.InRange(managed.PerHour(), double.MinValue, MostPerHour);
        Assert.InRange(resident.PerHour(), double.MinValue, MostPerHour);

        (hub.Resets, hub.OnConnect) = (false, _ => 0);
        client.Wait(status => status.State == HubState.Connected, 1.5 * 600 / Factor + 5);
    }

    /// <summary>The first attempts bring in code, threads and buffers that stay; they are made on a clock that is faster still, and do not count.</summary>
    private void WarmUp(string what)
    {
        using var hub = Hostile(what);
        using var client = new RunningClient(Options(hub), time: new HurriedTime(10 * Factor));
        Eventually.True(() => hub.Attempts.Count >= 40, TimeSpan.FromMinutes(1), () => $"{hub.Attempts.Count} attempts, {client.Status}");
    }

    private StandInHub Hostile(string what) => new(_authority)
    {
        Resets = what == "resets", Remembers = false, OnConnect = what switch { "CONNACK 3" => _ => 3, "CONNACK 5" => _ => 5, "closes" => Close, _ => _ => null },
    };

    /// <summary>Of the device's clock, since its beginning.</summary>
    private double Hours => _time.GetElapsedTime(0).TotalHours;

    private static byte? Close(StandInConnection device)
    {
        device.Close();
        return null;
    }

    /// <summary>Samples of both kinds of memory, one for each attempt.</summary>
    private (MemoryTrend Managed, MemoryTrend Resident) Watch(StandInHub hub, RunningClient client, int attempts)
    {
        var (managed, resident) = (new MemoryTrend(), new MemoryTrend());
        while (hub.Attempts.Count < attempts)
        {
            var next = hub.Attempts.Count + 1;
            Eventually.True(() => hub.Attempts.Count >= next, TimeSpan.FromMinutes(1), () => $"{hub.Attempts.Count} attempts, {client.Status}");
            var (live, pages) = Memory();
            managed.Add(Hours, live);
            resident.Add(Hours, pages);
        }

        return (managed, resident);
    }

    /// <summary>Of the device's clock.</summary>
    private static double Between(long first, long second) => TimeProvider.System.GetElapsedTime(first, second).TotalSeconds * Factor;

    private static (long Managed, long Resident) Memory()
    {
        // what is garbage is no growth: it is collected, and its pages go back to the system
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var managed = GC.GetTotalMemory(forceFullCollection: false);
        using var process = Process.GetCurrentProcess();
        return (managed, process.WorkingSet64);
    }

    private HubOptions Options(StandInHub hub) => new()
    {
        ConnectionString = HubConnectionString.Parse($"HostName=localhost:{hub.Port};DeviceId=cam-1;SharedAccessKey=a2V5"), CaFile = _authority.CaFile, Transport = HubTransport.Mqtt,
    };
}
