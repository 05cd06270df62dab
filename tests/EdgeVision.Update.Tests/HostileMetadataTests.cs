using System.Text;

namespace EdgeVision.Update.Tests;

/// <summary>Servers that break, lie or drip when they are asked what is signed. The old model serves, not a byte of a package is fetched, and the next update works.</summary>
public sealed class HostileMetadataTests : IDisposable
{
    private static readonly byte[] Html = Encoding.ASCII.GetBytes("<html>Please log in</html>");
    private readonly Device _device = new();

    private static readonly Dictionary<string, (Func<ObjectExchange, Task> Answer, UpdateCode Code)> Servers = new()
    {
        ["never answers"] = (exchange => Task.Delay(-1, exchange.Stop), UpdateCode.TooSlow),
        ["drips"] = (DripAsync, UpdateCode.TooSlow),
        ["down for ever"] = (_ => Task.CompletedTask, UpdateCode.Http),
        ["not HTTP"] = (exchange => exchange.BodyAsync(Html), UpdateCode.Http),
        ["503 for ever"] = (exchange => exchange.HeadAsync("503 Service Unavailable", "Content-Length: 0"), UpdateCode.Http),
        ["closes early for ever"] = (exchange => exchange.AnswerAsync("200 OK", exchange.Content.AsMemory(0, 10), $"Content-Length: {exchange.Content.Length}"), UpdateCode.Http),
        ["redirect to metadata"] = (exchange => exchange.HeadAsync("302 Found", "Location: http://169.254.169.254/", "Content-Length: 0"), UpdateCode.Http),
        ["gzip"] = (exchange => exchange.WholeAsync("Content-Encoding: gzip"), UpdateCode.Http),
        ["404 for everything"] = (exchange => exchange.HeadAsync("404 Not Found", "Content-Length: 0"), UpdateCode.MixMatch),
        ["captive portal"] = (exchange => exchange.AnswerAsync("200 OK", Html, $"Content-Length: {Html.Length}"), UpdateCode.Signature),
        ["endless body"] = (EndlessAsync, UpdateCode.SizeMismatch),
        ["says it is larger than any"] = (exchange => exchange.HeadAsync("200 OK", "Content-Length: 2147483649"), UpdateCode.SizeMismatch),
        ["one bit of each file"] = (FlippedAsync, UpdateCode.Signature),
    };

    public static TheoryData<string> Names => [.. Servers.Keys];

    public void Dispose() => _device.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Apply_MetadataFromHostileServer_FailsWithTheRightCode(string name)
    {
        var (answer, code) = Servers[name];
        var package = _device.Publish("1.0.0");
        _device.StallWindow = TimeSpan.FromMilliseconds(code == UpdateCode.TooSlow ? 200 : 5000);
        _device.Server.MetadataScript = exchange => exchange.Path.EndsWith("2.root.json", StringComparison.Ordinal) ? exchange.ServeAsync() : answer(exchange);
        _device.Start();

        var report = await _device.ApplyAsync(package);

        Assert.True((report.State, report.Code) == (UpdateState.Failed, code), report.ToString());
        Assert.Empty(_device.Server.Requests);
        Assert.Equal(_device.Factory.Digest, _device.Start().Digest);
        await _device.AcceptsTheNextAsync();
    }

    private static async Task EndlessAsync(ObjectExchange exchange)
    {
        await exchange.HeadAsync("200 OK");
        while (true)
        {
            await exchange.BodyAsync(new byte[10_000]);
        }
    }

    private static Task FlippedAsync(ObjectExchange exchange)
    {
        var flipped = exchange.Content.ToArray();
        var at = Array.LastIndexOf(flipped, (byte)'"') - 5; // in a signature, which is written last
        flipped[at] = flipped[at] == (byte)'0' ? (byte)'1' : (byte)'0';
        return exchange.AnswerAsync("200 OK", flipped, $"Content-Length: {flipped.Length}");
    }

    private static async Task DripAsync(ObjectExchange exchange)
    {
        await exchange.HeadAsync("200 OK", $"Content-Length: {exchange.Content.Length}");
        foreach (var letter in exchange.Content)
        {
            await exchange.BodyAsync(new[] { letter });
            await Task.Delay(10, exchange.Stop);
        }
    }
}
