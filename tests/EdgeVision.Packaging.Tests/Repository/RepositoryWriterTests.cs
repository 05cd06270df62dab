using System.Security.Cryptography;
using EdgeVision.Packaging.Repository;
using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Packaging.Tests.Repository;

public sealed class RepositoryWriterTests : IDisposable
{
    private readonly Site _site = new();

    public void Dispose() => _site.Dispose();

    [Fact]
    public async Task Publish_SignedByBoth_IsWhatADeviceFindsByTheFamilysRole()
    {
        var device = _site.Device("device");
        var package = _site.Package("1.0.0", counter: 7);

        var outcome = _site.Change(repository => repository.Add(package), "trainer", "release", "online");

        Assert.Equal(["targets", "toy", "snapshot", "timestamp"], outcome.Written);
        var found = await _site.FindAsync(device, Site.Target("1.0.0"));
        var manifest = File.ReadAllBytes(Path.Combine(package.Directory, "manifest.json"));
        Assert.Equal((manifest.Length, package.Digest["sha256:".Length..], 7L), ((int)found!.Length, found.Hashes["sha256"], found.Custom!.Value.GetProperty("counter").GetInt64()));
        Assert.Equal(manifest, await new TufClient(device, new FolderTufFetcher(_site.Tree), _site.Time.Now).FetchTargetAsync(found, 10_000, CancellationToken.None));
        Assert.True(File.Exists(Path.Combine(device, "toy.json")));
        var digest = ManifestText.Sha256; // of "abc"
        Assert.Equal("abc", File.ReadAllText(Path.Combine(_site.Tree, "objects", "sha256", digest[..2], digest)));
        Assert.Empty(Directory.GetFiles(Path.Combine(_site.Tree, "pending")));
    }

    [Fact]
    public async Task Publish_SignedByOneOfTwo_WaitsAndDevicesSeeNothing()
    {
        var device = _site.Device("device");

        var first = _site.Change(repository => repository.Add(_site.Package("1.0.0", 1)), "trainer", "online");

        Assert.Empty(first.Written);
        Assert.Equal([("targets", 1), ("toy", 1)], first.Waiting.Select(need => (need.Role, need.Threshold - need.Signed.Count)).Order());
        Assert.All(first.Waiting, need => Assert.Equal([_site.Key("release").Id], need.Missing));
        Assert.Null(await _site.FindAsync(device, Site.Target("1.0.0")));
        Assert.False(_site.Status.IsHealthy);

        var second = _site.Sign("release", "online");

        Assert.Empty(second.Waiting);
        Assert.NotNull(await _site.FindAsync(device, Site.Target("1.0.0")));
        Assert.True(_site.Status.IsHealthy);
    }

    [Fact]
    public async Task Publish_WithoutTheOnlineKey_WaitsForWhoeverHasIt()
    {
        var device = _site.Device("device");

        var outcome = _site.Change(repository => repository.Add(_site.Package("1.0.0", 1)), "trainer", "release");

        Assert.True(outcome.NeedsOnlineKeys);
        Assert.Empty(outcome.Waiting);
        Assert.Null(await _site.FindAsync(device, Site.Target("1.0.0")));
        Assert.Contains("toy", _site.Sign("online").Written);
        Assert.NotNull(await _site.FindAsync(device, Site.Target("1.0.0")));
    }

    [Fact]
    public void Sign_KeyOfNobody_CountsForNothing()
    {
        var outcome = _site.Change(repository => repository.Add(_site.Package("1.0.0", 1)), "trainer", "mallory", "ann", "online");

        Assert.All(outcome.Waiting, need => Assert.Equal([_site.Key("trainer").Id], need.Signed));
    }

    [Fact]
    public void Add_AfterASignature_TakesItOffAgain()
    {
        _site.Change(repository => repository.Add(_site.Package("1.0.0", 1)), "trainer");

        var outcome = _site.Change(repository => repository.Add(_site.Package("1.1.0", 2)), "release");

        Assert.Equal([_site.Key("release").Id], outcome.Waiting.Single(need => need.Role == "toy").Signed);
    }

    [Fact]
    public void Add_SameVersionAgain_IsTheSameAndOtherContentsAreRefused()
    {
        _site.Change(repository => repository.Add(_site.Package("1.0.0", 1)), "trainer", "release", "online");

        _site.Change(repository => Assert.True(repository.Add(_site.Package("1.0.0", 1)).IsPublished));
        var refused = Assert.Throws<RepositoryException>(() => _site.Change(repository => repository.Add(_site.Package("1.0.0", 2, contents: "other"))));

        Assert.Contains("give the new one another version", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Add_CounterThatDoesNotGrow_IsRefusedWithTheNext(long counter)
    {
        _site.Change(repository => repository.Add(_site.Package("1.0.0", 5)));

        var refused = Assert.Throws<RepositoryException>(() => _site.Change(repository => repository.Add(_site.Package("1.1.0", counter))));

        Assert.Contains("at least 6", refused.Message, StringComparison.Ordinal);
    }

    // A device reads a counter of 0 as none, and refuses the release; better the releaser hears it.
    [Fact]
    public void Add_WithoutACounter_IsRefused() =>
        Assert.Contains("at least 1", Assert.Throws<RepositoryException>(() => _site.Change(repository => repository.Add(_site.Package("1.0.0", 0)))).Message, StringComparison.Ordinal);

    [Fact]
    public void Add_ModelNamedLikeARole_IsRefused()
    {
        var refused = Assert.Throws<RepositoryException>(() => _site.Change(repository => repository.Add(_site.Package("1.0.0", 1, model: "snapshot"))));

        Assert.Contains("another name", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Add_WithKeysOfItsOwn_IsSignedByThoseAlone()
    {
        var device = _site.Device("device");
        var own = new RoleKeys(new Dictionary<string, TufKey> { [_site.Key("lab").Id] = _site.Key("lab") }, new TufRole([_site.Key("lab").Id], 1));
        _site.Change(repository => repository.Add(_site.Package("1.0.0", 1), own), "trainer", "release", "online", "lab");

        // Only the family's file changes, so those of targets are not needed any more.
        var outcome = _site.Change(repository => repository.Add(_site.Package("1.1.0", 2)), "lab", "online");

        Assert.Equal(["toy", "snapshot", "timestamp"], outcome.Written);
        Assert.NotNull(await _site.FindAsync(device, Site.Target("1.1.0")));
    }

    [Fact]
    public async Task Revoke_Release_IsInThePolicyAndStaysToBeNamed()
    {
        var device = _site.Device("device");
        var package = _site.Package("1.0.0", 1);
        _site.Change(repository => repository.Add(package), "trainer", "release", "online");

        _site.Change(repository => repository.RevokeRelease("toy", "1.0.0"), "trainer", "release", "online");

        var client = new TufClient(device, new FolderTufFetcher(_site.Tree), _site.Time.Now);
        var policy = await client.FetchTargetAsync((await client.FindTargetAsync("policy.json", CancellationToken.None))!, 10_000, CancellationToken.None);
        Assert.Equal($$"""{"floors":{},"offlineGraceDays":0,"revoked":["{{package.Digest["sha256:".Length..]}}"]}""", System.Text.Encoding.UTF8.GetString(policy));
        Assert.NotNull(await client.FindTargetAsync(Site.Target("1.0.0"), CancellationToken.None));
        Assert.True(Assert.Single(_site.Status.Releases).IsRevoked);
    }

    [Fact]
    public void Merge_CopySignedElsewhere_CompletesTheDraft()
    {
        _site.Change(repository => repository.Add(_site.Package("1.0.0", 1)));
        var copy = _site.File("stick");
        CopyMetadata(copy);
        using (var away = RepositoryWriter.Open(copy, _site.Time))
        using (var ring = _site.Ring("release"))
        {
            away.Sign(ring);
        }

        var outcome = _site.Change(repository => repository.Merge(copy), "trainer", "online");

        Assert.Empty(outcome.Waiting);
        Assert.Contains("toy", outcome.Written);
    }

    [Fact]
    public void Merge_CopyOfAnotherDraft_IsRefused()
    {
        _site.Change(repository => repository.Add(_site.Package("1.0.0", 1)));
        var copy = _site.File("stick");
        CopyMetadata(copy);
        _site.Change(repository => repository.Add(_site.Package("1.1.0", 2)));

        var refused = Assert.Throws<RepositoryException>(() => _site.Change(repository => repository.Merge(copy)));

        Assert.Contains("fresh copy", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_WhereThereIsOne_IsRefusedBeforeAnyKeyIsMade() =>
        Assert.Contains("already", Assert.Throws<RepositoryException>(() => RepositoryWriter.Create(_site.Tree, () => throw new InvalidOperationException("asked"), _site.Time)).Message, StringComparison.Ordinal);

    [Fact]
    public void Open_DamagedDraft_NamesTheFile()
    {
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(_site.Tree, "pending")).FullName, "targets.json"), "{");

        Assert.Contains("targets.json", Assert.Throws<TufException>(() => RepositoryWriter.Open(_site.Tree, _site.Time)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TakeOver_ObjectsFromBefore_AreNamedWhateverTheirCounterAndOnlyWhenWhole()
    {
        var (one, two) = (_site.Package("1.0.0", 3), _site.Package("1.1.0", 3));
        foreach (var package in new[] { one, two })
        {
            PutObject(File.ReadAllBytes(Path.Combine(package.Directory, "manifest.json")));
        }

        _site.Change(repository => Assert.Null(repository.TakeOver(one.Digest["sha256:".Length..])));
        PutObject("abc"u8.ToArray());
        _site.Change(
            repository =>
            {
                Assert.NotNull(repository.TakeOver(one.Digest["sha256:".Length..]));
                Assert.NotNull(repository.TakeOver(two.Digest["sha256:".Length..]));
            },
            "trainer", "release", "online");

        Assert.Equal(["1.0.0", "1.1.0"], _site.Status.Releases.Where(release => release.IsPublished).Select(release => release.Version));
    }

    private void PutObject(byte[] bytes)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
        File.WriteAllBytes(Path.Combine(Directory.CreateDirectory(Path.Combine(_site.Tree, "objects", "sha256", digest[..2])).FullName, digest), bytes);
    }

    // What a holder takes home: no models.
    private void CopyMetadata(string copy)
    {
        foreach (var folder in new[] { "metadata", "pending" })
        {
            Directory.CreateDirectory(Path.Combine(copy, folder));
            foreach (var file in Directory.GetFiles(Path.Combine(_site.Tree, folder)))
            {
                File.Copy(file, Path.Combine(copy, folder, Path.GetFileName(file)));
            }
        }
    }
}
