using System.Text.Json.Nodes;
using EdgeVision.Hub;
using Microsoft.Extensions.Logging;

namespace EdgeVision.Agent.Tests;

public sealed class DeviceMethodsTests
{
    private static readonly LogRing Ring = new(TimeProvider.System);
    private readonly DeviceMethods _methods = new(
    [
        PlainMethods.Ping(TimeProvider.System), LogsMethod.Create(Ring),
        new DeviceMethod("broken", [], (_, _) => throw new InvalidOperationException("no disk at rtsp://u:canary@h/")),
        new DeviceMethod("endless", [], async (_, cancellationToken) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return new MethodResult(200, null);
        }),
        new DeviceMethod("chatty", [], (_, _) => Task.FromResult(new MethodResult(200, new string('x', 200_000)))),
    ], TimeProvider.System);

    [Theory]
    [InlineData("ping", "{}", 200, "pong")]
    [InlineData("ping", "", 200, "pong")]
    [InlineData("ping", "{\"x\":1}", 400, "ping has no argument 'x'; it takes none")]
    [InlineData("ping", "[1]", 400, "ping wants a JSON object")]
    [InlineData("ping", "{", 400, "not JSON")]
    [InlineData("pong", "{}", 501, "did you mean ping?")]
    [InlineData("logs", "{\"lines\":501}", 400, "logs.lines wants a whole number from 1 to 500, not 501")]
    [InlineData("logs", "{\"level\":\"loud\"}", 400, "logs.level 'loud' is none of")]
    [InlineData("logs", "{\"line\":5}", 400, "did you mean lines?")]
    [InlineData("broken", "", 500, "no disk at rtsp://***@h/")]
    [InlineData("chatty", "", 500, "too long")]
    public async Task Call_Anything_IsAnswered(string name, string body, int status, string expected)
    {
        var result = await _methods.CallAsync(name, System.Text.Encoding.UTF8.GetBytes(body), TestContext.Current.CancellationToken);

        Assert.Equal(status, result.Status);
        Assert.Contains(expected, result.Payload!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_NeverReturns_IsGivenUpBeforeTheHubGivesUp()
    {
        var started = TimeProvider.System.GetTimestamp();

        var result = await _methods.CallAsync("endless", (JsonNode?)null, TestContext.Current.CancellationToken);

        Assert.Equal(504, result.Status);
        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 15, 28); // the hub's own limit is 30
    }

    [Fact]
    public async Task Logs_AThousandLongLines_FitsAndEndsWithTheNewest()
    {
        var logger = Ring.CreateLogger("x");
        for (var i = 0; i < 1000; i++)
        {
            logger.Log(LogLevel.Information, default, $"{i} " + new string('é', 990), null, (state, _) => state);
        }

        var result = await _methods.CallAsync("logs", "{\"lines\":500}"u8.ToArray(), TestContext.Current.CancellationToken);

        var lines = result.Payload!["lines"]!.AsArray();
        Assert.InRange(result.Payload.ToJsonString().Length, 50_000, 128 * 1024);
        Assert.StartsWith("999 ", lines[^1]!["text"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.StartsWith($"{1000 - lines.Count} ", lines[0]!["text"]!.GetValue<string>(), StringComparison.Ordinal);
    }
}
