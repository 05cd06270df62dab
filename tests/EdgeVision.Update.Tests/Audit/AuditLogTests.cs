using System.Text;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVision.Update.Tests;

public sealed class AuditLogTests : IDisposable
{
    private const long Plenty = 1 << 20;
    private readonly TemporaryDirectory _directory = new();
    private readonly JumpingTime _time = new();

    private string Folder => _directory.File("audit");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Append_TwoEntries_AreChainedAndTheHeadIsTheDigestOfTheLast()
    {
        var log = Open();
        Assert.Equal("", log.Head);
        log.Append("Offered", "d-1", "ab12", UpdateCode.None);
        _time.Pass(TimeSpan.FromSeconds(1.5));
        log.Append("Failed", "d-1", "sha256:ab12", UpdateCode.Latency);

        var lines = Lines();
        Assert.Equal(
            """{"seq":1,"utc":"2026-05-02T12:00:00.0000000Z","mono":0,"event":"Offered","deploymentId":"d-1","digest":"sha256:ab12","code":0,"prev":"0000000000000000000000000000000000000000000000000000000000000000"}""",
            lines[0]);
        Assert.Equal($$"""{"seq":2,"utc":"2026-05-02T12:00:01.5000000Z","mono":1500,"event":"Failed","deploymentId":"d-1","digest":"sha256:ab12","code":405,"prev":"{{Digest(lines[0])}}"}""", lines[1]);
        Assert.Equal("sha256:" + Digest(lines[1]), log.Head);
        Assert.Equal(new AuditVerdict(2, 1, log.Head, ""), AuditLog.Verify(Folder, log.Head));
    }

    [Fact]
    public void Open_AfterARestart_GoesOnInTheSameChain()
    {
        Fill(3);
        var head = Fill(2);

        Assert.Equal(5, Lines().Count);
        Assert.Equal(new AuditVerdict(5, 1, head, ""), AuditLog.Verify(Folder));
    }

    [Theory]
    [InlineData("{\"seq\":4,\"utc\":\"2026")]
    [InlineData("\0\0\0\0\0\0\0\0")]
    [InlineData("garbage\nmore garbage\n")]
    [InlineData("\n")]
    public void Open_LineTornByAPowerCut_IsCutOffAndTheLogSaysSo(string torn)
    {
        Fill(3);
        File.AppendAllText(Newest, torn);

        var log = Open();

        Assert.Contains($"\"event\":\"audit.cut {torn.Length} bytes\"", Lines()[3], StringComparison.Ordinal);
        Assert.Equal(new AuditVerdict(4, 1, log.Head, ""), AuditLog.Verify(Folder, log.Head));
    }

    [Fact]
    public void Verify_TornLineNobodyHasMendedYet_IsNoTampering()
    {
        var head = Fill(3);
        File.AppendAllText(Newest, "{\"seq\":4");

        Assert.Equal(new AuditVerdict(3, 1, head, "") { Torn = 8 }, AuditLog.Verify(Folder, head));
    }

    [Fact]
    public void Open_FirstLineTorn_BeginsAnew()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "audit-0000000001.jsonl"), "{\"se");

        var head = Fill(1);

        Assert.Contains("audit.cut 4 bytes", Lines()[0], StringComparison.Ordinal);
        Assert.Equal(new AuditVerdict(2, 1, head, ""), AuditLog.Verify(Folder, head));
    }

    public static TheoryData<string, string> Tamperings => new()
    {
        { "the second line taken out", "entry 3 follows entry 1: what stood between was taken out" },
        { "the second line edited", "entry 3 was written after another line" },
        { "the second line put twice", "entry 2 follows entry 2: lines were put in or moved" },
        { "two lines exchanged", "entry 3 follows entry 1" },
        { "a word in place of a line", "is no entry: the line was edited" },
        { "the first line taken out", "begins with entry 2, and no entry says that older ones were rotated away" },
    };

    [Theory]
    [MemberData(nameof(Tamperings))]
    public void Verify_Tampered_SaysFileLineAndWhatWasDone(string what, string problem)
    {
        var head = Fill(5);
        var lines = Lines();
        List<string> tampered = what switch
        {
            "the second line taken out" => [lines[0], .. lines[2..]],
            "the second line edited" => [lines[0], lines[1].Replace("\"code\":0", "\"code\":1", StringComparison.Ordinal), .. lines[2..]],
            "the second line put twice" => [lines[0], lines[1], lines[1], .. lines[2..]],
            "two lines exchanged" => [lines[0], lines[2], lines[1], .. lines[3..]],
            "a word in place of a line" => [lines[0], "innocent", .. lines[2..]],
            _ => lines[1..],
        };
        Assert.NotEqual(lines, tampered);
        File.WriteAllText(Newest, string.Join('\n', tampered) + "\n");

        Assert.Contains(problem, AuditLog.Verify(Folder).Problem, StringComparison.Ordinal);
        Assert.Contains(problem, AuditLog.Verify(Folder, head).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_EndCutOff_ShowsAgainstTheHeadOfTheTwinOnly()
    {
        var head = Fill(5);
        var lines = Lines();
        File.WriteAllText(Newest, string.Join('\n', lines[..4]) + "\n");

        Assert.True(AuditLog.Verify(Folder).IsWhole);
        Assert.Contains("the end was cut off", AuditLog.Verify(Folder, head).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_LastLineEdited_ShowsAgainstTheHeadOfTheTwinOnly()
    {
        var head = Fill(2);
        File.WriteAllText(Newest, File.ReadAllText(Newest).Replace("\"seq\":2,", "\"seq\": 2,", StringComparison.Ordinal));

        Assert.False(AuditLog.Verify(Folder, head).IsWhole);
    }

    [Fact]
    public void Verify_TwinIsALineBehind_IsWhole()
    {
        var head = Fill(3);
        Fill(1);

        Assert.True(AuditLog.Verify(Folder, head).IsWhole);
    }

    [Fact]
    public void Verify_NothingThere_IsWholeUnlessTheTwinKnowsOfSomething()
    {
        Assert.Equal(new AuditVerdict(0, 0, "", ""), AuditLog.Verify(Folder));
        Assert.False(AuditLog.Verify(Folder, "sha256:" + new string('a', 64)).IsWhole);
    }

    [Fact]
    public void Append_PastTheLimit_TheOldestGoAndTheRestCanStillBeVerified()
    {
        const int limit = 8 * 1024; // a line has about 200 bytes
        var log = new AuditLog(Folder, limit, _time, NullLogger.Instance);
        for (var i = 0; i < 200; i++)
        {
            log.Append("Offered", $"d-{i}", "ab", UpdateCode.None);
        }

        var verdict = AuditLog.Verify(Folder, log.Head);
        Assert.Equal(("", 4), (verdict.Problem, Directory.GetFiles(Folder).Length));
        Assert.InRange(verdict.First, 150, 200);
        Assert.InRange(Directory.GetFiles(Folder).Sum(file => new FileInfo(file).Length), limit / 2, limit + 1024);

        File.Delete(AuditFiles.In(Folder)[0]);
        Assert.Contains("they were taken out", AuditLog.Verify(Folder, log.Head).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_FileInTheMiddleTakenOut_Shows()
    {
        var log = new AuditLog(Folder, 8 * 1024, _time, NullLogger.Instance);
        for (var i = 0; i < 40; i++)
        {
            log.Append("Offered", $"d-{i}", "ab", UpdateCode.None);
        }

        File.Delete(AuditFiles.In(Folder)[1]);

        Assert.Contains("what stood between was taken out", AuditLog.Verify(Folder).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Append_DiskRefusesForAWhile_TheUpdateGoesOnAndTheGapIsSaid()
    {
        var log = Open();
        log.Append("Offered", "d-1", null, UpdateCode.None);
        var moved = Folder + ".moved";
        Directory.Move(Folder, moved);
        log.Append("lost", "d-1", null, UpdateCode.None);
        log.Append("lost too", "d-1", null, UpdateCode.None);
        Directory.Move(moved, Folder);

        log.Append("Failed", "d-1", null, UpdateCode.DiskFull);

        Assert.Equal(["Offered", "audit.lost 2 entries", "Failed"], Lines().Select(line => line.Split("\"event\":\"")[1].Split('"')[0]));
        Assert.True(AuditLog.Verify(Folder, log.Head).IsWhole);
    }

    [Fact]
    public void Append_ManyThreads_IsOneChain()
    {
        var log = Open();

        Parallel.For(0, 40, i => log.Append("Offered", $"d-{i}", null, UpdateCode.None));

        Assert.Equal(new AuditVerdict(40, 1, log.Head, ""), AuditLog.Verify(Folder, log.Head));
    }

    private string Newest => AuditFiles.In(Folder)[^1];

    private AuditLog Open() => new(Folder, Plenty, _time, NullLogger.Instance);

    private string Fill(int entries)
    {
        var log = Open();
        for (var i = 0; i < entries; i++)
        {
            log.Append("Offered", $"d-{i}", "ab", UpdateCode.None);
        }

        return log.Head;
    }

    private List<string> Lines() => [.. File.ReadAllLines(Newest)];

    private static string Digest(string line) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(line)));
}
