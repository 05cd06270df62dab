using System.Net;
using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Update.Tests;

/// <summary>A repository over HTTP: what is a missing file, what a broken server, and how much is read of it.</summary>
public sealed class HttpTufFetcherTests : IDisposable
{
    private static readonly byte[] Megabyte = new byte[1 << 20];
    private readonly RepositoryServer _server = new(new Dictionary<string, byte[]> { ["r/metadata/1.root.json"] = "abc"u8.ToArray(), ["r/targets/a%20b/c.bin"] = "target"u8.ToArray() });

    // Name -> how the server answers, and what the fetcher makes of it; null = the file is not there.
    private static readonly Dictionary<string, (Func<HttpListenerContext, Task> Answer, TufFailure? Failure)> Servers = new()
    {
        ["404"] = (context => StatusAsync(context, 404), null),
        ["403"] = (context => StatusAsync(context, 403), null),
        ["410"] = (context => StatusAsync(context, 410), null),
        ["408"] = (context => StatusAsync(context, 408), TufFailure.Fetch),
        ["429"] = (context => StatusAsync(context, 429), TufFailure.Fetch),
        ["500"] = (context => StatusAsync(context, 500), TufFailure.Fetch),
        ["204"] = (context => StatusAsync(context, 204), TufFailure.Fetch),
        ["redirect"] = (RedirectAsync, TufFailure.Fetch),
        ["encoded"] = (EncodeAsync, TufFailure.Fetch),
        ["longer than allowed"] = (context => BodyAsync(context, Megabyte.AsMemory(0, 1001), 1001), TufFailure.TooLarge),
        ["without end"] = (EndlessAsync, TufFailure.TooLarge),
        ["closes early"] = (CutAsync, TufFailure.Fetch),
        ["never answers"] = (_ => Task.Delay(Timeout.Infinite), TufFailure.Fetch),
    };

    public static TheoryData<string> Names => [.. Servers.Keys];

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task HttpTufFetcher_Files_LieBelowTheirAddresses()
    {
        using var fetcher = Fetcher(new Uri(_server.Address, "r/metadata"), new Uri(_server.Address, "r/targets/"));

        Assert.Equal("abc"u8.ToArray(), await fetcher.FetchAsync("metadata/1.root.json", 3, CancellationToken.None));
        Assert.Equal("target"u8.ToArray(), await fetcher.FetchAsync("targets/a%20b/c.bin", 6, CancellationToken.None));
        Assert.Null(await fetcher.FetchAsync("metadata/1.%2E%2E%2Fup%3F.json", 3, CancellationToken.None));
        Assert.Equal("r/metadata/1...%2Fup%3F.json", _server.Requests[^1]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task HttpTufFetcher_Server_IsJudged(string name)
    {
        _server.Script = async context =>
        {
            await Servers[name].Answer(context);
            return true;
        };
        using var fetcher = Fetcher(_server.Address, _server.Address);
        var fetching = fetcher.FetchAsync("metadata/x", 1000, CancellationToken.None);

        if (Servers[name].Failure is { } failure)
        {
            Assert.Equal(failure, (await Assert.ThrowsAsync<TufException>(() => fetching)).Failure);
        }
        else
        {
            Assert.Null(await fetching);
        }

        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task HttpTufFetcher_NobodyListens_IsFetch()
    {
        using var fetcher = Fetcher(new Uri("http://127.0.0.1:9/"), new Uri("http://127.0.0.1:9/"));

        Assert.Equal(TufFailure.Fetch, (await Assert.ThrowsAsync<TufException>(() => fetcher.FetchAsync("metadata/x", 3, CancellationToken.None))).Failure);
    }

    private static HttpTufFetcher Fetcher(Uri metadata, Uri targets) =>
        new(metadata, targets, new UpdateOptions { StateDirectory = "", FactoryDirectory = "", StallWindow = TimeSpan.FromSeconds(2) }, TimeProvider.System);

    private static Task StatusAsync(HttpListenerContext context, int status)
    {
        context.Response.StatusCode = status;
        context.Response.Close();
        return Task.CompletedTask;
    }

    private static Task RedirectAsync(HttpListenerContext context)
    {
        context.Response.Headers["Location"] = "http://169.254.169.254/";
        return StatusAsync(context, 302);
    }

    private static Task EncodeAsync(HttpListenerContext context)
    {
        context.Response.Headers["Content-Encoding"] = "gzip";
        return BodyAsync(context, Megabyte.AsMemory(0, 10), 10);
    }

    private static async Task BodyAsync(HttpListenerContext context, ReadOnlyMemory<byte> body, long length)
    {
        context.Response.ContentLength64 = length;
        await context.Response.OutputStream.WriteAsync(body);
        context.Response.Close();
    }

    private static async Task EndlessAsync(HttpListenerContext context)
    {
        context.Response.SendChunked = true;
        while (true)
        {
            await context.Response.OutputStream.WriteAsync(Megabyte);
        }
    }

    private static async Task CutAsync(HttpListenerContext context)
    {
        context.Response.ContentLength64 = 900;
        await context.Response.OutputStream.WriteAsync(Megabyte.AsMemory(0, 100));
        await context.Response.OutputStream.FlushAsync();
        context.Response.Abort();
    }
}
