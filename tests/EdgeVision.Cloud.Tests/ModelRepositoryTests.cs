using System.Net;
using System.Net.Http.Headers;
using EdgeVision.Cloud.Models;
using EdgeVision.Cloud.Storage;

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

    private static Release Publish(TestHub hub, string package) =>
        hub.WithDatabase(database => new ModelRepository(hub.Directory, new ReleaseStore(database), TimeProvider.System).Publish(package));
}
