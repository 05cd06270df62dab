namespace EdgeVision.Compression.Tests;

public sealed class DraftDirectoryTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private string Target => _folder.File("package");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Dispose_NotPublished_LeavesNothing()
    {
        using (var draft = new DraftDirectory(Target))
        {
            File.WriteAllText(Path.Combine(draft.Path, "half"), "written");
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(Target)!));
    }

    [Fact]
    public void Publish_SomethingOldThere_IsReplacedAsAWhole()
    {
        Directory.CreateDirectory(Target);
        File.WriteAllText(Path.Combine(Target, "old"), "");
        using (var draft = new DraftDirectory(Target))
        {
            File.WriteAllText(Path.Combine(draft.Path, "new"), "");
            draft.Publish();
        }

        Assert.Equal(["new"], Directory.EnumerateFiles(Target).Select(Path.GetFileName));
        Assert.Equal([Target], Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(Target)!));
    }

    [Fact]
    public void DraftDirectory_RestOfACrash_IsRemoved()
    {
        var first = new DraftDirectory(Target);
        File.WriteAllText(Path.Combine(first.Path, "rest"), "");

        using var second = new DraftDirectory(Target);

        Assert.Empty(Directory.EnumerateFileSystemEntries(second.Path));
    }
}
