using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Packaging.Tests;

/// <summary>A repository on a stick that anybody may have written.</summary>
public sealed class FolderTufFetcherTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public FolderTufFetcherTests()
    {
        Directory.CreateDirectory(_folder.File("stick/metadata"));
        File.WriteAllText(_folder.File("stick/metadata/timestamp.json"), "abc");
        File.WriteAllText(_folder.File("stick/metadata/1.a b.json"), "role");
        File.WriteAllText(_folder.File("outside.json"), "secret");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task FolderTufFetcher_Files_AreFoundByTheirDecodedNames()
    {
        Assert.Equal("abc"u8.ToArray(), await FetchAsync("metadata/timestamp.json", 3));
        Assert.Equal("role"u8.ToArray(), await FetchAsync("metadata/1.a%20b.json", 10));
        Assert.Null(await FetchAsync("metadata/2.root.json", 10));
        Assert.Null(await FetchAsync("nowhere/2.root.json", 10));
        Assert.Null(await FetchAsync("metadata", 10));
    }

    [Theory]
    [InlineData("metadata/../../outside.json")]
    [InlineData("metadata/..%2F..%2Foutside.json")]
    [InlineData("%2e%2e/outside.json")]
    [InlineData("/etc/passwd")]
    public async Task FolderTufFetcher_NameThatLeaves_IsRefused(string path) =>
        Assert.Equal(TufFailure.Format, (await Assert.ThrowsAsync<TufException>(() => FetchAsync(path, 1000))).Failure);

    [Fact]
    public async Task FolderTufFetcher_Links_AreRefusedAtEveryStep()
    {
        File.CreateSymbolicLink(_folder.File("stick/metadata/link.json"), _folder.File("outside.json"));
        Directory.CreateSymbolicLink(_folder.File("stick/linked"), _folder.Path);
        File.CreateSymbolicLink(_folder.File("stick/metadata/dangling.json"), _folder.File("nowhere"));

        foreach (var path in new[] { "metadata/link.json", "linked/outside.json", "metadata/dangling.json" })
        {
            Assert.Equal(TufFailure.Fetch, (await Assert.ThrowsAsync<TufException>(() => FetchAsync(path, 1000))).Failure);
        }
    }

    [Fact]
    public async Task FolderTufFetcher_LargerThanAllowed_IsNotRead() =>
        Assert.Equal(TufFailure.TooLarge, (await Assert.ThrowsAsync<TufException>(() => FetchAsync("metadata/timestamp.json", 2))).Failure);

    [Fact]
    public async Task TufClient_OverAFolder_UpdatesAsOverTheNetwork()
    {
        var repository = new SignedRepository();
        repository.Add("targets", "models/a b/manifest.json", "abc"u8.ToArray());
        repository.Release();
        foreach (var (path, bytes) in repository.Files)
        {
            var file = _folder.File("copy/" + Uri.UnescapeDataString(path));
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, bytes);
        }

        TufClient.Initialize(_folder.File("trusted"), repository.Files["metadata/1.root.json"]);
        var client = new TufClient(_folder.File("trusted"), new FolderTufFetcher(_folder.File("copy")), SignedRepository.Now);
        var target = await client.FindTargetAsync("models/a b/manifest.json", CancellationToken.None);

        Assert.Equal("abc"u8.ToArray(), await client.FetchTargetAsync(target!, 3, CancellationToken.None));
    }

    private Task<byte[]?> FetchAsync(string path, long most) => new FolderTufFetcher(_folder.File("stick")).FetchAsync(path, most, CancellationToken.None);
}
