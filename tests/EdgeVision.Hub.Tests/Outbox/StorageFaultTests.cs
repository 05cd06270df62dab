using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVision.Hub.Tests;

/// <summary>A disk that is full, read-only, damaged or somebody else's: telemetry goes on, it is said, and it heals.</summary>
public sealed class StorageFaultTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Fact]
    public void Add_DiskFullAndLaterNot_GoesOnFromMemorySaysSoAndHeals()
    {
        using var disk = new SmallDisk();
        using var fixture = new OutboxFixture(options => options with { EventWindow = TimeSpan.FromMilliseconds(50), BacklogPerSecond = 100_000 }, disk.File("outbox.db"));
        fixture.Listen();
        fixture.Add(0, 10);
        fixture.WaitUntilWritten(10);
        disk.Fill();

        fixture.Add(10, 300, padding: 1000);

        Eventually.True(() => Events(fixture).Contains("storage.degraded"), Soon, () => fixture.Outbox.Figures.ToString());
        Assert.Equal(StorageState.Degraded, fixture.Outbox.Figures.State);
        Assert.Contains("the disk is full", fixture.Outbox.Figures.Detail, StringComparison.Ordinal);
        Assert.Equal(310, fixture.Outbox.Figures.Waiting);
        using (var link = new Link(fixture.Pump))
        {
            // what is on the full disk can be read, and what is in memory is sent
            link.WaitFor(310);
            Assert.Equal(Enumerable.Range(0, 310), link.Numbers);
        }

        disk.Free();
        fixture.Add(310, 5);
        Eventually.True(() => Events(fixture).Contains("storage.ok"), Soon, () => fixture.Outbox.Figures.ToString());
        fixture.WaitUntilWritten(5);
        Assert.True(fixture.Outbox.Figures.State == StorageState.Ok, fixture.Outbox.Figures.Detail);
    }

    [Fact]
    public void Add_FileSystemTurnsReadOnly_GoesOnFromMemoryAndHeals()
    {
        using var disk = new SmallDisk();
        using var fixture = new OutboxFixture(options => options with { EventWindow = TimeSpan.FromMilliseconds(50) }, disk.File("outbox.db"));
        fixture.Listen();
        fixture.Add(0, 10);
        fixture.Close();
        disk.Remount("ro");
        fixture.Listen();

        fixture.Add(10, 10);

        Eventually.True(() => fixture.Outbox.Figures.State == StorageState.Degraded, Soon, () => fixture.Outbox.Figures.ToString());
        using (var link = new Link(fixture.Pump))
        {
            link.WaitFor(10);
            Assert.Equal(Enumerable.Range(10, 10), link.Numbers);
        }

        disk.Remount("rw");
        fixture.Add(20, 1);
        Eventually.True(() => fixture.Outbox.Figures is { State: StorageState.Ok, Waiting: 11 }, Soon, () => fixture.Outbox.Figures.ToString());
        using var after = new Link(fixture.Pump);
        after.WaitFor(11);
        // what was on the disk goes first, and no number of it is given twice
        Assert.Equal([.. Enumerable.Range(0, 10), 20], after.Numbers);
        Assert.Equal(11, after.Taken.Select(message => message.Sequence).Distinct().Count());
        Assert.Equal(after.Taken.Select(message => message.Sequence).Order(), after.Taken.Select(message => message.Sequence));
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("truncated")]
    public void Open_DamagedFile_IsPutAsideAndANewOneBegun(string damage)
    {
        using var fixture = new OutboxFixture();
        for (var round = 0; round < 4; round++)
        {
            fixture.Add(0, 200, padding: 1000);
            fixture.Close();
            Damage(fixture.Path, damage);
        }

        fixture.Listen();
        fixture.Add(1000, 5);
        // it happened before anybody listened
        Eventually.True(() => Events(fixture).Contains("outbox.corrupt"), Soon);
        fixture.Close();

        Assert.Equal(5, OutboxReport.Read(fixture.Path).Waiting);
        Assert.Equal(["outbox.corrupt-3", "outbox.corrupt-4"], Directory.GetFiles(fixture.Folder, "*corrupt*").Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    [InlineData(-60)]
    [InlineData(-1)]
    public void Send_SegmentDamagedWhileItWaits_TheOthersAreSentAndTheLossIsSaid(int at)
    {
        using var fixture = new OutboxFixture(options => options with { BacklogPerSecond = 100_000, EventWindow = TimeSpan.FromMilliseconds(50) });
        fixture.Add(0, 10);
        fixture.WaitUntilWritten(10);
        fixture.Add(10, 10);
        fixture.WaitUntilWritten(20);
        fixture.Close();
        using (var connection = new SqliteConnection($"Data Source={fixture.Path};Pooling=False"))
        {
            connection.Open();
            // one bit, as flash turns it
            var body = connection.Query("SELECT body FROM segment WHERE first = 1", row => row.GetFieldValue<byte[]>(0))[0];
            body[at < 0 ? body.Length + at : at] ^= 0x10;
            connection.Run("UPDATE segment SET body = @body WHERE first = 1", ("@body", body));
        }

        fixture.Listen();
        using var link = new Link(fixture.Pump);

        link.WaitFor(11);
        Assert.Equal(Enumerable.Range(10, 10), link.Numbers);
        Assert.Equal((DropCause.Damaged, 10L), (Assert.Single(fixture.Notices).Receipt!.Cause, fixture.Notices[0].Receipt!.Count));
    }

    [Fact]
    public void Send_FileDamagedWhileItIsOpen_ANewOneIsBegunAndTheLossIsCounted()
    {
        using var fixture = new OutboxFixture(options => options with { BacklogPerSecond = 100_000, MemoryBytes = 64 << 20, EventWindow = TimeSpan.FromMilliseconds(50) });
        fixture.Listen();
        fixture.Add(0, 5000, padding: 2000);
        fixture.WaitUntilWritten(5000);
        // more than SQLite keeps in memory, so that it meets the damage
        using (var file = new FileStream(fixture.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Write(Enumerable.Repeat((byte)0x5A, (int)file.Length).ToArray());
        }

        using var link = new Link(fixture.Pump);
        Eventually.True(() => fixture.Outbox.Figures.Waiting == 0, Soon, () => fixture.Outbox.Figures.ToString());
        fixture.Add(5000, 5);
        Eventually.True(() => link.Numbers.Contains(5004) && Events(fixture).Contains("outbox.dropped"), Soon, () => string.Join(' ', Events(fixture)));

        Assert.Contains("outbox.corrupt", Events(fixture));
        Assert.Equal(5005, fixture.Outbox.Figures.Dropped + link.Numbers.Distinct().Count());
        Assert.True(fixture.Outbox.Figures.State == StorageState.Ok, fixture.Outbox.Figures.Detail);
        var receipts = fixture.Notices.Where(notice => notice.Receipt is not null).Select(notice => notice.Receipt!).ToList();
        Assert.All(receipts, receipt => Assert.Equal(DropCause.Damaged, receipt.Cause));
        Assert.Equal(link.Taken.Select(message => message.Sequence).Distinct().Order(), link.Taken.Select(message => message.Sequence));
    }

    [Fact]
    public void Open_HeldByAnother_SaysSoAndWorksFromMemory()
    {
        using var fixture = new OutboxFixture();
        fixture.Add(0, 1);

        using var second = new TelemetryOutbox(fixture.Options, TimeProvider.System, NullLogger.Instance);
        second.Add(OutboxFixture.Message(1));

        Assert.Equal((StorageState.Degraded, 1), (second.Figures.State, second.Figures.Waiting));
        Assert.Contains("held by another process", second.Figures.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_OfANewerProgram_IsLeftAloneAndSaidAndWorksFromMemory()
    {
        using var fixture = new OutboxFixture();
        fixture.Add(0, 1);
        fixture.Close();
        using (var connection = new SqliteConnection($"Data Source={fixture.Path};Pooling=False"))
        {
            connection.Open();
            connection.Run("PRAGMA user_version = 99");
        }

        fixture.Add(1, 1);

        Assert.Equal(StorageState.Degraded, fixture.Outbox.Figures.State);
        Assert.Contains("newer program", fixture.Outbox.Figures.Detail, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(fixture.Folder, "*corrupt*"));
        Assert.Contains("not an outbox of this program", Assert.Throws<HubException>(() => OutboxReport.Read(fixture.Path)).Message, StringComparison.Ordinal);
    }

    private static string[] Events(OutboxFixture fixture)
    {
        lock (fixture.Notices)
        {
            return [.. fixture.Notices.Select(notice => notice.Event)];
        }
    }

    private static void Damage(string path, string how)
    {
        var bytes = File.ReadAllBytes(path);
        if (how == "garbage")
        {
            Array.Fill(bytes, (byte)0x5A, 0, bytes.Length);
        }

        File.WriteAllBytes(path, how == "garbage" ? bytes : bytes[..(bytes.Length / 2)]);
    }

    /// <summary>A file system of one megabyte; making one needs root.</summary>
    private sealed class SmallDisk : IDisposable
    {
        private readonly TemporaryDirectory _folder = new();

        public SmallDisk()
        {
            Assert.SkipUnless(Environment.UserName == "root", "only root can mount a small disk");
            var mounted = Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", _folder.Path);
            Assert.SkipUnless(mounted, "mounting is not permitted here");
        }

        public string File(string name) => _folder.File(name);

        public void Fill()
        {
            using var file = System.IO.File.Create(File("filler"));
            try
            {
                while (true)
                {
                    file.Write(new byte[4096]);
                    file.Flush();
                }
            }
            catch (IOException)
            {
                // full
            }
        }

        public void Free() => System.IO.File.Delete(File("filler"));

        public void Remount(string how) => Assert.True(Run("mount", "-o", "remount," + how, _folder.Path));

        public void Dispose()
        {
            Assert.True(Run("umount", "-l", _folder.Path));
            _folder.Dispose();
        }

        private static bool Run(string program, params string[] arguments)
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
    }
}
