using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace EdgeVision.Hub.Tests;

/// <summary>kill -9 in the middle of everything, over and over: 20 times here, two seconds apart for five minutes and for an hour in the long form.</summary>
public sealed class OutboxKillTests
{
    /// <summary>The flush window of an event, and what a busy machine may take to write.</summary>
    private const double MostLostMilliseconds = 1000 + 1500;

    private static readonly string Sender = Path.Combine(TestData.RepositoryRoot, "artifacts", "bin", "EdgeVision.Hub.Sender", "release", "EdgeVision.Hub.Sender");

    [Fact]
    public void Kill_AtAnyMoment_NothingIsDamagedAndNoMoreThanTheWindowIsLost()
    {
        var soak = int.Parse(Environment.GetEnvironmentVariable("EDGEVISION_SOAK_CYCLES") ?? "0", CultureInfo.InvariantCulture);
        // 50 in `make soak` are 1800 kills two seconds apart: an hour
        var (kills, milliseconds) = soak > 0 ? (soak * 36, 2000) : (20, 700);
        using var fixture = new OutboxFixture(options => options with { BacklogPerSecond = int.MaxValue, DiskBytes = 1 << 30 });
        var waiting = new List<(string Id, bool MayBeLost)>();
        var worst = 0.0;
        for (var run = 0; run < kills; run++)
        {
#pragma warning disable CA5394 // a moment, not a secret
            var said = RunAndKill(fixture.Path, run, milliseconds / 2 + Random.Shared.Next(milliseconds));
#pragma warning restore CA5394
            waiting.AddRange(said.Select(line => ($"{run}-{line.Number}", line.At > said[^1].At - MostLostMilliseconds)));
            if (run % 20 == 19 || run == kills - 1)
            {
                AssertSound(fixture.Path);
                worst = Math.Max(worst, AssertAllThere(fixture, waiting));
                waiting.Clear();
            }
        }

        Assert.Empty(Directory.GetFiles(fixture.Folder, "*corrupt*"));
        TestContext.Current.TestOutputHelper?.WriteLine($"{kills} kills, at most {worst} messages of one lost");
    }

    [Fact]
    public void Kill_WhileTheOutboxIsFull_EveryDropHasItsReceipt()
    {
        using var fixture = new OutboxFixture(options => options with { BacklogPerSecond = int.MaxValue, DiskBytes = 1 << 20 });
        var accepted = new List<(string Id, bool MayBeLost)>();
        for (var run = 0; run < 8; run++)
        {
            var said = RunAndKill(fixture.Path, run, 1500, "1048576", "600");
            accepted.AddRange(said.Select(line => ($"{run}-{line.Number}", line.At > said[^1].At - MostLostMilliseconds)));
            Assert.InRange(fixture.FileBytes, 0, (1 << 20) + (64 << 10));
        }

        fixture.Listen();
        using var link = new Link(fixture.Pump);
        Eventually.True(() => fixture.Outbox.Figures.Waiting == 0 && fixture.Notices.Count > 0, TimeSpan.FromSeconds(30), () => fixture.Outbox.Figures.ToString());

        var receipt = Assert.Single(fixture.Notices).Receipt!;
        var there = link.Taken.Select(message => message.Id).ToHashSet();
        var missing = accepted.Where(message => !there.Contains(message.Id)).ToList();
        // dropped are those that are missing, less those that a kill took before they were written
        Assert.InRange(receipt.Count, Math.Max(1, missing.Count(message => !message.MayBeLost)), missing.Count);
        Assert.Equal(1, receipt.First);
        Assert.True(receipt.Last < link.Taken[0].Sequence, $"{receipt} {link.Taken[0].Sequence}");
    }

    private static List<(long Number, long At)> RunAndKill(string path, int run, int milliseconds, string diskBytes = "1073741824", string noise = "16")
    {
        var start = new ProcessStartInfo(Sender, [path, run.ToString(CultureInfo.InvariantCulture), "500", diskBytes, noise]) { RedirectStandardOutput = true };
        using var sender = Process.Start(start)!;
        var said = new List<(long, long)>();
        var first = sender.StandardOutput.ReadLine();
        using var kill = new Timer(_ => sender.Kill(), null, milliseconds, Timeout.Infinite);
        for (var line = first; line is not null; line = sender.StandardOutput.ReadLine())
        {
            // the last one may be cut in the middle
            if (line.Split(' ') is [var number, { Length: > 5 } at])
            {
                said.Add((long.Parse(number, CultureInfo.InvariantCulture), long.Parse(at, CultureInfo.InvariantCulture)));
            }
        }

        sender.WaitForExit();
        Assert.True(said.Count > 1, first);
        said.RemoveAt(said.Count - 1);
        return said;
    }

    private static void AssertSound(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Assert.Equal(["ok"], connection.Query("PRAGMA integrity_check", row => row.GetString(0)));
    }

    /// <returns>The most that one run lost.</returns>
    private static int AssertAllThere(OutboxFixture fixture, List<(string Id, bool MayBeLost)> waiting)
    {
        using var link = new Link(fixture.Pump);
        Eventually.True(() => fixture.Outbox.Figures.Waiting == 0, TimeSpan.FromSeconds(60), () => fixture.Outbox.Figures.ToString());
        var taken = link.Taken.Select(message => message.Id).ToList();
        Assert.Equal(taken.Count, taken.Distinct().Count());
        Assert.Equal(link.Taken.Select(message => message.Sequence).Order(), link.Taken.Select(message => message.Sequence));
        var there = taken.ToHashSet();
        Assert.Empty(waiting.Where(message => !message.MayBeLost && !there.Contains(message.Id)).Take(5));
        fixture.Close();
        return waiting.Where(message => !there.Contains(message.Id)).GroupBy(message => message.Id.Split('-')[0]).Select(run => run.Count()).DefaultIfEmpty().Max();
    }
}
