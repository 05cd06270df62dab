namespace EdgeVision.Compression.Tests;

public sealed class WorkFolderTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private int _made;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Get_SameKey_IsMadeOnce()
    {
        Assert.Equal([1], Get("a", "b"));
        Assert.Equal([1], Get("a", "b"));
    }

    [Fact]
    public void Get_PartsThatOnlyJoinAlike_AreOtherKeys()
    {
        Assert.Equal([1], Get("ab", "c"));
        Assert.Equal([2], Get("a", "bc"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(32)]
    public void Get_EntryCutShort_IsMadeAgain(int length)
    {
        Get("a");
        using (var file = File.OpenWrite(Entry()))
        {
            file.SetLength(length);
        }

        Assert.Equal([2], Get("a"));
        Assert.Equal([2], Get("a"));
    }

    [Fact]
    public void Get_EntryWithAnotherByte_IsMadeAgain()
    {
        Get("a");
        var bytes = File.ReadAllBytes(Entry());
        bytes[^1] ^= 1;
        File.WriteAllBytes(Entry(), bytes);

        Assert.Equal([2], Get("a"));
    }

    [Fact]
    public void Get_Fresh_TakesNothingOfAnEarlierRunButItsOwn()
    {
        Get("a");
        var fresh = new WorkFolder(_folder.File("work"), fresh: true);

        Assert.Equal([2], fresh.Get("entry", ["a"], Make));
        Assert.Equal([2], fresh.Get("entry", ["a"], Make));
    }

    [Fact]
    public void Get_MakingFails_LeavesNoEntry()
    {
        var work = new WorkFolder(_folder.File("work"), fresh: false);

        Assert.Throws<CompressionException>(() => work.Get("entry", ["a"], () => throw new CompressionException("no")));
        Assert.Empty(Directory.EnumerateFiles(work.Path));
    }

    [Fact]
    public void Get_StoppedWhileMaking_KeepsNothing()
    {
        using var stop = new CancellationTokenSource();
        var work = new WorkFolder(_folder.File("work"), fresh: false, stop.Token);

        Assert.Throws<OperationCanceledException>(() => work.Get("entry", ["a"], () =>
        {
            stop.Cancel();
            return [1];
        }));
        Assert.Empty(Directory.EnumerateFiles(work.Path));
    }

    private byte[] Get(params string[] key) => new WorkFolder(_folder.File("work"), fresh: false).Get("entry", key, Make);

    private byte[] Make() => [(byte)++_made];

    private string Entry() => Assert.Single(Directory.GetFiles(_folder.File("work")));
}
