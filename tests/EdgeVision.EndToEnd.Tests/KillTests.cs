using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace EdgeVision.EndToEnd.Tests;

/// <summary>kill -9 of the published daemon every two seconds while it sees and reports (L11): ten times here, five minutes of it in the long form, and a hub that is away for three lives of ten.</summary>
public sealed class KillTests : IDisposable
{
    private const string DeviceId = "cam-1";

    /// <summary>The flush window of an event and of an interval, and what a busy machine may take to write.</summary>
    private const double EventSeconds = 1 + Slack, IntervalSeconds = 10 + Slack, Slack = 1.5;

    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_KilledEveryTwoSecondsUnderTraffic_LosesNoMoreThanTheWindowAndDamagesNothing()
    {
        // 50 in `make soak` are 150 kills: five minutes
        var kills = Math.Max(10, 3 * int.Parse(Environment.GetEnvironmentVariable("EDGEVISION_SOAK_CYCLES") ?? "0", CultureInfo.InvariantCulture));
        var (model, street) = (Published.Model("fastestdet"), TestData.Require("video/street_inbound_8_vehicles.mp4"));
        using var hub = new SiteHub(_folder.File("hub"));
        using var device = new Device(_folder.File("device"), model, street, hub.Enrol(DeviceId));

        var lives = Lead(hub, device, kills);
        Eventually.True(() => device.Metric("edgevision_outbox_messages") == 0 && device.Metric("edgevision_hub_connected") == 1, TimeSpan.FromSeconds(60), () => device.Get("status.json") ?? device.Program.Error);
        device.Program.Signal(15);
        Assert.Equal(0, device.Program.WaitForExit(TimeSpan.FromSeconds(20)).ExitCode);

        AssertSound();
        var received = hub.Telemetry(DeviceId).Select(message => Received.Of(message)).ToList();
        Assert.DoesNotContain(received, message => message.Event is "outbox.corrupt" or "outbox.dropped");
        var lost = AssertNoneLostButInTheWindow(lives, received);
        AssertOnceAndInOrder(received, kills);
        var holes = AssertGapsOnlyAtTheKill(received);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{kills} kills, one each {lives.Average(life => life.Lasted):0.0} s; {received.Count} messages of {received.DistinctBy(message => message.Boot).Count()} starts, {received.Count - received.DistinctBy(message => message.Key).Count()} came again; "
            + $"{lives.Sum(life => life.Made.Count)} events made, {lost.Count} lost, the oldest {lost.DefaultIfEmpty().Max():0.00} s before its kill; {holes} gaps");
    }

    private List<DaemonLife> Lead(SiteHub hub, Device device, int kills)
    {
        var random = new Random(20261126);
        var lives = new List<DaemonLife>();
        for (var kill = 0; kill < kills; kill++)
        {
            if (kill % 10 == 3)
            {
                hub.Kill();
            }
            else if (kill % 10 == 6)
            {
                hub.StartAgain();
            }

            lives.Add(DaemonLife.Lead(device, 0.4 + (2.8 * random.NextDouble())));
            if (kill % 10 == 9)
            {
                AssertSound();
            }

            device.Start();
        }

        return lives;
    }

    private void AssertSound()
    {
        var state = Path.Combine(_folder.File("device"), "state");
        Assert.Empty(Directory.GetFiles(state, "*corrupt*"));
        using var outbox = new SqliteConnection($"Data Source={Path.Combine(state, "outbox.db")};Pooling=False");
        outbox.Open();
        using var check = outbox.CreateCommand();
        check.CommandText = "PRAGMA integrity_check";
        Assert.Equal("ok", check.ExecuteScalar());
    }

    /// <returns>How old each lost event was when its start was killed, in seconds.</returns>
    private static List<double> AssertNoneLostButInTheWindow(List<DaemonLife> lives, List<Received> received)
    {
        var there = received.Where(message => message.Event == "config.applied").Select(message => message.Detail).ToHashSet();
        var lost = lives.SelectMany(life => life.Made).Where(made => !there.Contains(made.Hash)).ToList();
        Assert.Contains(lives.SelectMany(life => life.Made), made => made.Age > EventSeconds); // or nothing was tried
        Assert.DoesNotContain(lost, made => made.Age > EventSeconds);
        return [.. lost.Select(made => made.Age)];
    }

    private static void AssertOnceAndInOrder(List<Received> received, int kills)
    {
        var first = received.DistinctBy(message => message.Key).ToList();
        // what was taken is forgotten on the disk with the next write, within five seconds: until then a start sends it once more
        Assert.All(received.GroupBy(message => message.Key), same => Assert.InRange(same.Count(), 1, kills + 1));
        Assert.All(received, message => Assert.Equal(message.Key, message.MessageId));
        Assert.Equal(first.Count, first.DistinctBy(message => message.Number).Count());
        // what was made before the connection comes beside what is made during it: each of the two is in order
        foreach (var lane in first.GroupBy(message => (message.Boot, message.IsReplay)))
        {
            Assert.Equal(lane.Select(message => message.Sequence).Order(), lane.Select(message => message.Sequence));
        }
    }

    /// <returns>Numbers that are missing before the last one of a start.</returns>
    private static int AssertGapsOnlyAtTheKill(List<Received> received)
    {
        var missing = 0;
        foreach (var boot in received.DistinctBy(message => message.Key).GroupBy(message => message.Boot))
        {
            var messages = boot.OrderBy(message => message.Sequence).ToList();
            var next = 0L;
            foreach (var message in messages)
            {
                Assert.True(message.Sequence == next || messages[^1].Uptime - message.Uptime < IntervalSeconds, $"{next} to {message} are missing, and the last one is {messages[^1]}");
                missing += (int)(message.Sequence - next);
                next = message.Sequence + 1;
            }
        }

        return missing;
    }

    private sealed record Received(string Boot, long Sequence, string Number, string MessageId, bool IsReplay, double Uptime, string? Event, string? Detail)
    {
        public string Key => $"{Boot}-{Sequence}";

        public static Received Of(JsonElement message)
        {
            var (body, properties) = (message.GetProperty("body"), message.GetProperty("properties"));
            string? Text(string name) => body.TryGetProperty(name, out var value) ? value.GetString() : null;
            return new Received(
                Text("bootId")!, body.GetProperty("sequence").GetInt64(), properties.GetProperty("seq").GetString()!, message.GetProperty("systemProperties").GetProperty("message-id").GetString()!,
                properties.TryGetProperty("replay", out _), body.GetProperty("uptime").GetDouble(), Text("event"), Text("detail"));
        }
    }
}
