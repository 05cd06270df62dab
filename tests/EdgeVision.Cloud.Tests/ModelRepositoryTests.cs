using System.Net;
using System.Net.Http.Headers;
using EdgeVision.Cloud.Models;
using EdgeVision.Cloud.Storage;
using EdgeVision.Packaging;
using EdgeVision.Packaging.Repository;
using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Cloud.Tests;

public sealed class ModelRepositoryTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Publish_Package_IsServedByDigestWithRangesAndETag()
    {
        await using var hub = await TestHub.StartAsync();
        var package = Package.Write(_folder.File("toy"), "1.0.0", "0123456789"u8.ToArray());
        var release = Publish(hub, package);
        var manifest = File.ReadAllBytes(Path.Combine(package, "manifest.json"));
        using var open = hub.Client(authorization: null);

        Assert.Equal(("toy", "1.0.0", 3L, Package.Sha256(manifest), (long)manifest.Length), (release.Model, release.Version, release.Counter, release.ManifestSha256, release.ManifestSize));
        Assert.Equal(manifest, await open.GetByteArrayAsync(Object(release.ManifestSha256)));
        var digest = Package.Sha256("0123456789"u8.ToArray());
        using var request = new HttpRequestMessage(HttpMethod.Get, Object(digest)) { Headers = { Range = new RangeHeaderValue(4, null) } };
        using var rest = await open.SendAsync(request);
        Assert.Equal(HttpStatusCode.PartialContent, rest.StatusCode);
        Assert.Equal("456789", await rest.Content.ReadAsStringAsync());
        Assert.Equal($"\"{digest}\"", rest.Headers.ETag!.Tag);
        using var head = await open.SendAsync(new HttpRequestMessage(HttpMethod.Head, Object(digest)));
        Assert.Equal(10, head.Content.Headers.ContentLength);

        static string Object(string sha256) => $"objects/sha256/{sha256[..2]}/{sha256}";
    }

    [Theory]
    [InlineData("objects/sha256/ab/..%2F..%2F..%2Fservice.key")]
    [InlineData("objects/sha256/../../service.key")]
    [InlineData("objects/sha256/00/0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task Objects_AnythingButAnObject_IsNotServed(string path)
    {
        await using var hub = await TestHub.StartAsync();

        Assert.True((await hub.Client(authorization: null).GetAsync(path)).StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Publish_SameAgain_IsTheSameAndOtherContentsAreRefused()
    {
        await using var hub = await TestHub.StartAsync();
        var release = Publish(hub, Package.Write(_folder.File("toy"), "1.0.0", [1]));

        Assert.Equal(release, Publish(hub, _folder.File("toy")));
        var refused = Assert.Throws<CloudException>(() => Publish(hub, Package.Write(_folder.File("other"), "1.0.0", [2])));

        Assert.Contains("give the new one another version", refused.Message, StringComparison.Ordinal);
        Assert.Equal([release], hub.WithDatabase(database => new ReleaseStore(database).All()));
    }

    [Fact]
    public async Task Publish_FirstRelease_IsBelievedByADeviceThatTrustsTheHubsRoot()
    {
        await using var hub = await TestHub.StartAsync();
        var root = hub.WithDatabase(database => Repository(hub, database).RootFile())!;
        var release = Publish(hub, Package.Write(_folder.File("toy"), "1.0.0", [1]));
        using var open = hub.Client(authorization: null);
        TufClient.Initialize(_folder.Path, File.ReadAllBytes(root));

        var found = await new TufClient(_folder.Path, new HubFetcher(open), TimeProvider.System.GetUtcNow()).FindTargetAsync("models/toy/1.0.0/manifest.json", CancellationToken.None);

        Assert.Equal((release.ManifestSha256, release.ManifestSize, 3L), (found!.Hashes["sha256"], found.Length, found.Custom!.Value.GetProperty("counter").GetInt64()));
        Assert.Equal("drwx------", Mode(hub.Directory.Trust));
        Assert.Equal(["online.pem", "root.pem", "targets.pem"], Directory.GetFiles(hub.Directory.Trust, "*.pem").Select(Path.GetFileName).Order());
        Assert.All(Directory.GetFiles(hub.Directory.Trust, "*.pem"), file => Assert.Equal("-rw-------", Mode(file)));
    }

    [Fact]
    public async Task Metadata_TimestampIsAskedForEachTimeAndVersionsAreKept()
    {
        await using var hub = await TestHub.StartAsync();
        Publish(hub, Package.Write(_folder.File("toy"), "1.0.0", [1]));
        using var open = hub.Client(authorization: null);

        using var timestamp = await open.GetAsync("metadata/timestamp.json");
        using var root = await open.GetAsync("metadata/1.root.json");
        using var next = await open.GetAsync("metadata/2.root.json");
        using var part = await open.SendAsync(new HttpRequestMessage(HttpMethod.Get, "metadata/1.root.json") { Headers = { Range = new RangeHeaderValue(0, 1) } });

        Assert.Equal((HttpStatusCode.OK, "no-cache"), (timestamp.StatusCode, timestamp.Headers.CacheControl!.ToString()));
        Assert.Equal((HttpStatusCode.OK, "public, max-age=31536000, immutable"), (root.StatusCode, root.Headers.CacheControl!.ToString()));
        Assert.Equal((HttpStatusCode.NotFound, "no-store"), (next.StatusCode, next.Headers.CacheControl!.ToString()));
        Assert.Equal((HttpStatusCode.PartialContent, "{\""), (part.StatusCode, await part.Content.ReadAsStringAsync()));
    }

    [Theory]
    [InlineData("metadata/..%2F..%2Ftrust%2Fonline.pem")]
    [InlineData("targets/..%2F..%2Fhub.json")]
    [InlineData("targets/%2Fetc%2Fos-release.json")]
    [InlineData("targets//x.json")]
    [InlineData("metadata/")]
    public async Task Metadata_AnythingButTheRepository_IsNotServed(string path)
    {
        await using var hub = await TestHub.StartAsync();
        Publish(hub, Package.Write(_folder.File("toy"), "1.0.0", [1]));
        using var open = hub.Client(authorization: null);

        Assert.True((await open.GetAsync(path)).StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Publish_KeysHeldElsewhere_IsRefusedUntilTheirHoldersSigned()
    {
        await using var hub = await TestHub.StartAsync();
        MakeElsewhere(hub);
        var package = Package.Write(_folder.File("toy"), "1.0.0", [1]);

        var refused = Assert.Throws<CloudException>(() => Publish(hub, package));
        Assert.Contains("edgevision repo add", refused.Message, StringComparison.Ordinal);
        using (var repository = RepositoryWriter.Open(hub.Directory.Models, TimeProvider.System))
        using (var ring = new KeyRing().AddFolder(_folder.File("keys")))
        {
            repository.Add(ModelPackage.Open(package));
            Assert.Contains("not signed", Assert.Throws<CloudException>(() => Require(hub)).Message, StringComparison.Ordinal);
            repository.Sign(ring);
        }

        // What people signed is published by the hub, which has the online key.
        Assert.Contains("toy", hub.WithDatabase(database => Repository(hub, database).Renew())!.Written);
        Assert.Equal("1.0.0", Require(hub).Version);
        Assert.Equal("1.0.0", Publish(hub, package).Version); // it is there already, so no key is needed
    }

    [Fact]
    public async Task Publish_DirectoryFromBeforeSignatures_IsTakenOver()
    {
        await using var hub = await TestHub.StartAsync();
        Publish(hub, Package.Write(_folder.File("one"), "1.0.0", [1]));
        foreach (var folder in new[] { "metadata", "targets", "pending" })
        {
            Directory.Delete(Path.Combine(hub.Directory.Models, folder), recursive: true);
        }

        Assert.Contains("not signed", Assert.Throws<CloudException>(() => Require(hub)).Message, StringComparison.Ordinal);
        Publish(hub, Package.Write(_folder.File("two"), "2.0.0", [2], counter: 4));

        Assert.Equal(["1.0.0", "2.0.0"], hub.WithDatabase(database => Repository(hub, database).All()).Where(release => release.IsPublished).Select(release => release.Version));
        Assert.Equal("1.0.0", Require(hub).Version);
    }

    [Fact]
    public async Task RootFile_KilledAfterTheKeysWereMade_IsFinishedByTheNext()
    {
        await using var hub = await TestHub.StartAsync();
        RepositoryWriter.Create(hub.Directory.Models, () => DevelopmentKeys.Make(hub.Directory.Trust), TimeProvider.System).Dispose();

        Assert.EndsWith("1.root.json", hub.WithDatabase(database => Repository(hub, database).RootFile()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Require_RevokedRelease_IsRefused()
    {
        await using var hub = await TestHub.StartAsync();
        Publish(hub, Package.Write(_folder.File("toy"), "1.0.0", [1]));
        using (var repository = RepositoryWriter.Open(hub.Directory.Models, TimeProvider.System))
        using (var ring = new KeyRing().AddFolder(hub.Directory.Trust))
        {
            repository.RevokeRelease("toy", "1.0.0");
            repository.Sign(ring);
            repository.Publish(ring);
        }

        Assert.Contains("is revoked", Assert.Throws<CloudException>(() => Require(hub)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_TimestampThatIsDue_IsRenewedByTheHub()
    {
        await using var hub = await TestHub.StartAsync();
        var lastWeek = new FixedTime(TimeProvider.System.GetUtcNow().AddDays(-4).ToUnixTimeSeconds());
        hub.WithDatabase(database => new ModelRepository(hub.Directory, new ReleaseStore(database), lastWeek).RootFile());

        await hub.RestartAsync();

        Eventually.True(() => RepositoryStatus.Read(hub.Directory.Models, TimeProvider.System).Roles.Single(role => role.Role == "timestamp") is { Version: 2, DaysLeft: > 6 }, TimeSpan.FromSeconds(10));
    }

    private static Release Require(TestHub hub) => hub.WithDatabase(database => Repository(hub, database).Require("toy", "1.0.0"));

    private static Release Publish(TestHub hub, string package) => hub.WithDatabase(database => Repository(hub, database).Publish(package));

    private static ModelRepository Repository(TestHub hub, HubDatabase database) => new(hub.Directory, new ReleaseStore(database), TimeProvider.System);

    // Only the online key is at the hub.
    private void MakeElsewhere(TestHub hub)
    {
        Directory.CreateDirectory(hub.Directory.Trust);
        var online = KeyFile.Create(Path.Combine(hub.Directory.Trust, "online.pem"), KeyAlgorithm.Ecdsa);
        var people = new[] { "ann", "ben", "cem" }.Select(name => KeyFile.Create(_folder.File($"keys/{name}.pem"), KeyAlgorithm.Ecdsa)).ToArray();
        using var repository = RepositoryWriter.Create(hub.Directory.Models, () => new RepositorySetup(people, 2, people[..2], 2, [online]), TimeProvider.System);
        using var ring = new KeyRing().AddFolder(_folder.File("keys")).AddFolder(hub.Directory.Trust);
        repository.Sign(ring);
        repository.Publish(ring);
    }

    private static string Mode(string path) => Published.Run("/usr/bin/stat", TimeSpan.FromSeconds(10), "-c", "%A", path).Output.Trim();

    private sealed class HubFetcher(HttpClient hub) : ITufFetcher
    {
        public async Task<byte[]?> FetchAsync(string path, long maxBytes, CancellationToken cancellationToken)
        {
            using var response = await hub.GetAsync(path, cancellationToken);
            return response.IsSuccessStatusCode ? await response.Content.ReadAsByteArrayAsync(cancellationToken) : null;
        }
    }
}
