using System.Text.Json;

namespace EdgeVision.Cloud.Tests;

public sealed class SimulateTests
{
    [Fact]
    public void Simulate_SmallFleet_EveryMessageItSaysTakenIsAtTheHubOnce()
    {
        using var hub = new PublishedHub();

        var output = hub.Run("simulate", "--devices", "20", "--interval", "1", "--seconds", "10", "--connects-per-second", "50");

        Assert.True(output.ExitCode == 0, output.Error);
        var last = JsonDocument.Parse(output.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1]).RootElement;
        var taken = last.GetProperty("taken").GetInt32();
        Assert.InRange(taken, 20, 200); // 20 devices, ten beats at most; on a busy machine the first come late
        Assert.Equal(20, last.GetProperty("connects").GetInt32());
        var stored = hub.Run("telemetry", "--json").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("body"))
            .Select(body => (body.GetProperty("device").GetString(), body.GetProperty("sequence").GetInt64())).ToArray();
        Assert.InRange(stored.Distinct().Count(), taken, last.GetProperty("said").GetInt32()); // one on its way at the end may have got there unacknowledged
    }

    [Fact]
    public void Simulate_WithoutAHub_SaysHowToStartOne()
    {
        using var hub = new PublishedHub(start: false);

        var output = hub.Run("simulate", "--devices", "1", "--seconds", "1");

        Assert.Equal(1, output.ExitCode);
        Assert.Contains("edgevision-cloud serve", output.Error, StringComparison.Ordinal);
    }
}
