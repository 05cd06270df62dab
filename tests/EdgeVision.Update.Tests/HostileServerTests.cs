using System.Text;

namespace EdgeVision.Update.Tests;

/// <summary>Servers that break, lie or drip. Each either delivers the right bytes in the end or fails with the right code; the old model serves, and the next update works.</summary>
public sealed class HostileServerTests : IDisposable
{
    private static readonly byte[] Html = Encoding.ASCII.GetBytes("<html>Please log in</html>");
    private readonly Device _device = new();

    // Name -> how a request for a file (not the manifest) is answered, and how it must end. Half = the first answer breaks in the middle, so that a range is asked for.
    private static readonly Dictionary<string, (Func<ObjectExchange, Task> Answer, UpdateCode Code)> Servers = new()
    {
        ["closes early once"] = (Half(exchange => exchange.ServeAsync()), UpdateCode.None),
        ["closes early for ever"] = (exchange => exchange.AnswerAsync("200 OK", exchange.Content.AsMemory(0, 1000), $"Content-Length: {exchange.Content.Length}"), UpdateCode.Http),
        ["stays short"] = (exchange => exchange.From == 0
            ? exchange.AnswerAsync("200 OK", exchange.Content.AsMemory(0, 1000), "Content-Length: 1000")
            : exchange.HeadAsync("416 Range Not Satisfiable", "Content-Length: 0"), UpdateCode.SizeMismatch),
        ["endless wrong body"] = (EndlessAsync, UpdateCode.HashMismatch),
        ["says it is longer"] = (exchange => exchange.AnswerAsync("200 OK", exchange.Content, $"Content-Length: {exchange.Content.Length + 1}"), UpdateCode.SizeMismatch),
        ["wrong bytes, right size"] = (exchange => exchange.AnswerAsync("200 OK", new byte[exchange.Content.Length], $"Content-Length: {exchange.Content.Length}"), UpdateCode.HashMismatch),
        ["wrong bytes over a link that dies"] = (exchange => exchange.AnswerAsync(
            exchange.From == 0 ? "200 OK" : "206 Partial Content", new byte[Math.Min(60_000, exchange.Content.Length - exchange.From)],
            $"Content-Length: {exchange.Content.Length - exchange.From}", $"Content-Range: bytes {exchange.From}-{exchange.Content.Length - 1}/{exchange.Content.Length}"), UpdateCode.HashMismatch),
        ["wrong bytes in the second half once"] = (exchange => exchange.Number switch
        {
            1 => BreakAsync(exchange),
            2 => exchange.AnswerAsync("206 Partial Content", new byte[exchange.Content.Length - exchange.From], $"Content-Range: bytes {exchange.From}-{exchange.Content.Length - 1}/{exchange.Content.Length}"),
            _ => exchange.ServeAsync(),
        }, UpdateCode.None),
        ["ignores the range"] = (Half(exchange => exchange.WholeAsync()), UpdateCode.None),
        ["range begins too early"] = (Half(Then(exchange => exchange.RangeAsync($"bytes 0-{exchange.Content.Length - 1}/{exchange.Content.Length}", 0))), UpdateCode.None),
        ["range begins too late"] = (Half(Then(exchange => exchange.RangeAsync($"bytes {exchange.From + 10}-{exchange.Content.Length - 1}/{exchange.Content.Length}", exchange.From + 10))), UpdateCode.None),
        ["no Content-Range"] = (Half(Then(exchange => exchange.RangeAsync(null, exchange.From))), UpdateCode.None),
        ["garbled Content-Range"] = (Half(Then(exchange => exchange.RangeAsync("bytes from here on", exchange.From))), UpdateCode.None),
        ["total length changed"] = (Half(Then(exchange => exchange.RangeAsync($"bytes {exchange.From}-{exchange.Content.Length}/{exchange.Content.Length + 1}", exchange.From))), UpdateCode.None),
        ["multipart"] = (Half(Then(exchange => exchange.AnswerAsync("206 Partial Content", Html, "Content-Type: multipart/byteranges; boundary=x", $"Content-Length: {Html.Length}"))), UpdateCode.None),
        ["206 without being asked"] = (exchange => exchange.RangeAsync($"bytes 10-{exchange.Content.Length - 1}/{exchange.Content.Length}", 10), UpdateCode.SizeMismatch),
        ["another ETag"] = (exchange => exchange.Number switch
        {
            1 => BreakAsync(exchange, "ETag: \"a\""),
            2 => exchange.RangeAsync($"bytes {exchange.From}-{exchange.Content.Length - 1}/{exchange.Content.Length}", exchange.From, "ETag: \"b\""),
            _ => exchange.ServeAsync(),
        }, UpdateCode.None),
        ["down three times"] = (exchange => exchange.Number <= 3 ? Task.CompletedTask : exchange.ServeAsync(), UpdateCode.None),
        ["down for ever"] = (_ => Task.CompletedTask, UpdateCode.Http),
        ["drips"] = (DripAsync, UpdateCode.TooSlow),
        ["never answers"] = (exchange => Task.Delay(-1, exchange.Stop), UpdateCode.TooSlow),
        ["403"] = (exchange => exchange.HeadAsync("403 Forbidden", "Content-Length: 0"), UpdateCode.Http),
        ["404"] = (exchange => exchange.HeadAsync("404 Not Found", "Content-Length: 0"), UpdateCode.Http),
        ["410"] = (exchange => exchange.HeadAsync("410 Gone", "Content-Length: 0"), UpdateCode.Http),
        ["503 for ever"] = (exchange => exchange.HeadAsync("503 Service Unavailable", "Content-Length: 0"), UpdateCode.Http),
        ["redirect to metadata"] = (exchange => exchange.HeadAsync("302 Found", "Location: http://169.254.169.254/", "Content-Length: 0"), UpdateCode.Http),
        ["redirect to a file"] = (exchange => exchange.HeadAsync("307 Temporary Redirect", "Location: file:///etc/passwd", "Content-Length: 0"), UpdateCode.Http),
        ["redirect to itself"] = (exchange => exchange.HeadAsync("301 Moved Permanently", $"Location: {exchange.Path}", "Content-Length: 0"), UpdateCode.Http),
        ["gzip"] = (exchange => exchange.WholeAsync("Content-Encoding: gzip"), UpdateCode.Http),
        ["captive portal"] = (exchange => exchange.AnswerAsync("200 OK", Html.Concat(new byte[exchange.Content.Length - Html.Length]).ToArray()), UpdateCode.HashMismatch),
        ["captive portal, short"] = (exchange => exchange.AnswerAsync("200 OK", Html, $"Content-Length: {Html.Length}"), UpdateCode.SizeMismatch),
        ["not HTTP"] = (exchange => exchange.BodyAsync(Html), UpdateCode.Http),
    };

    public static TheoryData<string> Names => [.. Servers.Keys];

    public void Dispose() => _device.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Apply_FromHostileServer_EndsWithTheRightBytesOrTheRightCode(string name)
    {
        var (answer, code) = Servers[name];
        var package = _device.Publish("1.0.0");
        _device.StallWindow = TimeSpan.FromMilliseconds(code == UpdateCode.TooSlow ? 200 : 5000);
        _device.Server.Script = exchange => exchange.IsManifest ? exchange.ServeAsync() : answer(exchange);
        _device.Start();

        var report = await _device.ApplyAsync(package);

        Assert.True(report.Code == code, report.ToString());
        Assert.Equal(code == UpdateCode.None ? package.Digest : _device.Factory.Digest, _device.Start().Digest);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_device.StateDirectory, "partial")));

        _device.Server.Script = exchange => exchange.ServeAsync();
        Assert.Equal(UpdateState.Committed, (await _device.ApplyAsync(_device.Publish("2.0.0"))).State);
    }

    [Fact]
    public async Task Apply_RetryAfter_IsObeyedAndCapped()
    {
        var package = _device.Publish("1.0.0");
        _device.Server.Script = exchange => exchange.Number == 1 ? exchange.HeadAsync("429 Too Many Requests", "Retry-After: 86400", "Content-Length: 0") : exchange.ServeAsync();
        _device.Start();
        var started = TimeProvider.System.GetTimestamp();

        var report = await _device.ApplyAsync(package);

        Assert.Equal(UpdateState.Committed, report.State);
        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 0.6, 20); // twice the cap of 0.3 s: manifest and model
    }

    [Fact]
    public async Task Apply_LinkThatDiesAgainAndAgain_ResumesAndFetchesEveryByteOnce()
    {
        var package = _device.Publish("1.0.0", modelBytes: 1_000_000);
        _device.Server.Script = async exchange =>
        {
            var rest = exchange.Content.AsMemory(exchange.From);
            await exchange.HeadAsync(exchange.From == 0 ? "200 OK" : "206 Partial Content", $"Content-Length: {rest.Length}", $"Content-Range: bytes {exchange.From}-{exchange.Content.Length - 1}/{exchange.Content.Length}");
            await exchange.BodyAsync(rest[..Math.Min(rest.Length, 20_000)]);
        };
        _device.Start();

        var report = await _device.ApplyAsync(package);

        Assert.Equal(UpdateState.Committed, report.State);
        Assert.InRange(_device.Server.Requests.Count, 50, 60);
        Assert.InRange(_device.Server.Requests.Sum(exchange => exchange.Sent), 1_000_000, 1_100_000);
    }

    [Fact]
    public async Task Apply_StoppedInTheDownload_ResumesInTheNextProcess()
    {
        var package = _device.Publish("1.0.0");
        using var stop = new CancellationTokenSource();
        _device.Server.Script = async exchange =>
        {
            await (exchange.IsManifest ? exchange.ServeAsync() : BreakAsync(exchange));
            if (!exchange.IsManifest)
            {
                _device.Server.Script = _ => stop.CancelAsync();
            }
        };
        _device.Start();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _device.ApplyAsync(_device.Deploy(package), stop.Token));
        _device.Server.Script = exchange => exchange.ServeAsync();
        _device.Start();

        await _device.ApplyAsync(_device.Updater.Pending!);

        Assert.Equal(UpdateState.Committed, _device.Report.State);
        Assert.Equal(package.Manifest.FileOf("model")!.Size / 2, _device.Server.Requests[^1].From);
    }

    [Fact]
    public async Task Apply_WholePartOfWrongBytesFromBeforeAPowerCut_IsFetchedAgain()
    {
        var package = _device.Publish("1.0.0");
        _device.Start();
        await Interrupted.InAsync(_device, package, UpdateState.Downloading); // a pending deployment keeps its parts
        File.WriteAllBytes(Path.Combine(_device.StateDirectory, "partial", package.Manifest.FileOf("model")!.Sha256 + ".part"), new byte[package.Manifest.FileOf("model")!.Size]);
        _device.Start();

        await _device.ApplyAsync(_device.Updater.Pending!);

        Assert.Equal(UpdateState.Committed, _device.Report.State);
    }

    [Theory]
    [InlineData("another.example", -2, 2)]
    [InlineData(null, -5, -2)]
    [InlineData(null, -2, 2)]
    public async Task Apply_CertificateOfWrongHostExpiredOrOtherAuthority_FailsAsTls(string? host, int fromDay, int toDay)
    {
        using var stranger = new TestAuthority();
        var authority = host is null && toDay > 0 ? stranger : _device.Authority;
        using var server = new ObjectServer(authority.Server(host, fromDay, toDay), _device.Repository);
        var package = _device.Publish("1.0.0");
        _device.Start();

        await _device.ApplyAsync(_device.Deploy(package) with { Source = server.Address });

        Assert.Equal((UpdateState.Failed, UpdateCode.Tls), (_device.Report.State, _device.Report.Code));
        Assert.Empty(server.Requests);
    }

    private static Func<ObjectExchange, Task> Half(Func<ObjectExchange, Task> then) => exchange => exchange.Number == 1 ? BreakAsync(exchange) : then(exchange);

    // The second request is answered so, later ones well: the device must have dropped its part and asked for all of it.
    private static Func<ObjectExchange, Task> Then(Func<ObjectExchange, Task> second) => exchange => exchange.Number == 2 ? second(exchange) : exchange.ServeAsync();

    private static Task BreakAsync(ObjectExchange exchange, params string[] headers) =>
        exchange.AnswerAsync("200 OK", exchange.Content.AsMemory(0, exchange.Content.Length / 2), [$"Content-Length: {exchange.Content.Length}", .. headers]);

    private static async Task EndlessAsync(ObjectExchange exchange)
    {
        await exchange.HeadAsync("200 OK");
        while (true)
        {
            await exchange.BodyAsync(new byte[10_000]);
        }
    }

    private static async Task DripAsync(ObjectExchange exchange)
    {
        await exchange.HeadAsync("200 OK", $"Content-Length: {exchange.Content.Length}");
        for (var at = 0; at < exchange.Content.Length; at++)
        {
            await exchange.BodyAsync(new byte[1]);
            await Task.Delay(10, exchange.Stop);
        }
    }
}
