namespace EdgeVision.Update.Tests;

/// <summary>The power goes before every single operation of the disk in whole updates; what was not synced is lost, or survives by chance.</summary>
public sealed class PowerCutTests
{
    public static TheoryData<string, string> Journeys => new()
    {
        { "first install", "all is lost" }, { "first install", "chance" },
        { "next version", "all is lost" }, { "next version", "chance" },
        { "rolled back", "all is lost" }, { "rolled back", "chance" },
    };

    [Theory]
    [MemberData(nameof(Journeys))]
    public async Task PowerCut_BeforeEveryOperation_OneWholeModelServesAndTheUpdateComesToItsEnd(string journey, string loss)
    {
        using var device = new Device(inMemory: true);
        var recording = await JourneyRecording.MakeAsync(device, journey);
        Assert.InRange(recording.Operations.Count, 40, 400);

        for (var cut = 0; cut <= recording.Operations.Count; cut++)
        {
            var chance = new Random(cut);
            await recording.StartAfterCutAsync(cut, () => loss == "chance" && chance.Next(2) == 0);
        }
    }

    [Fact]
    public async Task PowerCut_At100RandomPointsAndAgainInTheRecovery_OneWholeModelServes()
    {
        using var device = new Device(inMemory: true);
        var recording = await JourneyRecording.MakeAsync(device, "next version");
        var seed = new Random(20260502);
        for (var point = 0; point < 100; point++)
        {
            await recording.StartAfterTwoCutsAsync(seed.Next(recording.Operations.Count), seed.Next(12), new Random(seed.Next()));
        }
    }

    [Fact]
    public void DiskImage_RenameWithoutSyncOfTheDirectory_IsLostOrKeptAsAWhole()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory.File("old"), "1");
        var image = new DiskImage(directory.Path);
        image.Do(new DiskOperation(DiskOperationKind.Write, directory.File("next"), Bytes: "2"u8.ToArray()));
        image.Do(new DiskOperation(DiskOperationKind.Sync, directory.File("next")));
        image.Do(new DiskOperation(DiskOperationKind.Rename, directory.File("next"), directory.File("old")));

        image.WriteTo(directory.File("lost"), () => false);
        image.WriteTo(directory.File("kept"), () => true);

        Assert.Equal("1", File.ReadAllText(Path.Combine(directory.File("lost"), "old")));
        Assert.Equal("2", File.ReadAllText(Path.Combine(directory.File("kept"), "old")));
        Assert.Single(Directory.GetFiles(directory.File("kept")));
    }

    [Fact]
    public void DiskImage_BytesThatWereNotSynced_AreLostThoughTheirNameIsKept()
    {
        using var directory = new TemporaryDirectory();
        var image = new DiskImage(directory.Path);
        image.Do(new DiskOperation(DiskOperationKind.Write, directory.File("a"), Bytes: "1"u8.ToArray()));
        image.Do(new DiskOperation(DiskOperationKind.SyncDirectory, directory.Path));

        image.WriteTo(directory.File("after"), () => false);

        Assert.Equal("", File.ReadAllText(Path.Combine(directory.File("after"), "a")));
    }
}
