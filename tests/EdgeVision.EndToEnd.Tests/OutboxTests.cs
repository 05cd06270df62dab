using System.Globalization;
using System.Text.Json;

namespace EdgeVision.EndToEnd.Tests;

/// <summary>The published daemon while there is no hub: what it keeps, what it says about it, and that it comes over.</summary>
public sealed class OutboxTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(40);
    private readonly TemporaryDirectory _folder = new();
    private readonly SiteHub _hub;

    public OutboxTests() => _hub = new SiteHub(_folder.File("hub"));

    private static string Street => TestData.Require("video/street_inbound_8_vehicles.mp4");

    public void Dispose()
    {
        _hub.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Run_KilledWhileOfflineAndStartedAgain_WhatItSawComesOverWithoutHelp()
    {
        var enrolled = _hub.Enrol("cam-1");
        _hub.Kill();
        using var device = new Device(_folder.File("device"), Published.Model("fastestdet"), Street, enrolled);
        Eventually.True(() => Outbox(device)?.GetProperty("waiting").GetInt32() >= 5, Soon, () => device.Program.Error);
        device.Program.Signal(9);
        var kept = Outbox(device)!.Value;

        device.Start();
        device.WaitForFrames(10); // inference needs no hub
        _hub.StartAgain();
        Eventually.True(() => _hub.Telemetry("cam-1").Count > kept.GetProperty("waiting").GetInt32() && device.Metric("edgevision_outbox_messages") == 0, Soon, () => device.Get("status.json") ?? "");

        var received = _hub.Telemetry("cam-1");
        var sequences = received.Select(message => long.Parse(message.GetProperty("properties").GetProperty("seq").GetString()!, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(1, sequences[0]);
        Assert.Equal(sequences.Distinct().Order(), sequences.Distinct());
        // two starts of the daemon, each with the numbers of its own from 0 without a gap, but for what the kill cost
        var boots = received.GroupBy(message => message.GetProperty("body").GetProperty("bootId").GetString()).Select(boot => boot.Select(message => message.GetProperty("body").GetProperty("sequence").GetInt32()).Distinct().ToList()).ToList();
        Assert.Equal(2, boots.Count);
        Assert.All(boots, numbers => Assert.Equal(Enumerable.Range(0, numbers.Count), numbers));
        Assert.True(received.Count(message => message.GetProperty("properties").TryGetProperty("replay", out _)) >= kept.GetProperty("waiting").GetInt32());
    }

    [Fact]
    public void Run_StateDirectoryCannotBeWritten_SeesAndReportsAndSaysStorageDegraded()
    {
        var enrolled = _hub.Enrol("cam-1");
        using var device = new Device(_folder.File("device"), Published.Model("fastestdet"), Street, enrolled);
        device.Program.Dispose();
        var file = Path.Combine(_folder.File("device"), "state", "outbox.db");
        if (File.Exists(file))
        {
            File.Delete(file); // the first start came that far
        }

        Directory.CreateDirectory(file); // a folder in its place can be opened by nobody, root or not
        device.Start();

        device.WaitForFrames(10);
        Eventually.True(() => _hub.Telemetry("cam-1").Any(message => Event(message) == "storage.degraded"), Soon, () => device.Program.Error);
        Assert.Equal(1, device.Metric("edgevision_storage_degraded"));
        Assert.Contains("\"storage\":\"Degraded\"", device.Get("status.json"), StringComparison.Ordinal);
    }

    [Fact]
    public void Outbox_NoneThere_SaysWhereItWouldBe()
    {
        using var device = new Device(_folder.File("device"), Published.Model("fastestdet"), Street);
        device.Program.Dispose();

        var output = Published.Run(Published.Daemon, TimeSpan.FromSeconds(10), "outbox", "--config", device.Config);

        Assert.Equal(1, output.ExitCode);
        Assert.Contains("outbox.db is not there", output.Error, StringComparison.Ordinal);
    }

    private static string? Event(JsonElement message) => message.GetProperty("body").TryGetProperty("event", out var name) ? name.GetString() : null;

    /// <summary>What the command says; null while there is no file.</summary>
    private static JsonElement? Outbox(Device device)
    {
        var output = Published.Run(Published.Daemon, TimeSpan.FromSeconds(10), "outbox", "--config", device.Config, "--json");
        return output.ExitCode == 0 ? JsonDocument.Parse(output.Output).RootElement : null;
    }
}
