using Microsoft.Extensions.Logging;

namespace EdgeVision.Agent.Tests;

public sealed class LogRingTests
{
    [Theory]
    [InlineData("rtsp://admin:canary@10.0.0.5/live failed")]
    [InlineData("opening http://cam/x?token=canary&user=canary")]
    [InlineData("HostName=h;DeviceId=d;SharedAccessKey=canary/aryA==")]
    [InlineData("SharedAccessSignature sr=h&sig=canary%3D&se=1")]
    [InlineData("https://blob/x?sv=1&sig=canary&se=2")]
    [InlineData("password=canary, retrying")]
    [InlineData("password: \"canary\"")]
    [InlineData("\"Password\":\"canary\"")]
    [InlineData("Authorization: Bearer canary")]
    [InlineData("AccountKey=canary;EndpointSuffix=x")]
    public void Add_SecretOfAnyKind_NeverGetsIn(string text)
    {
        var line = Logged(text);

        Assert.DoesNotContain("canary", line, StringComparison.Ordinal);
        Assert.Contains("***", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_OrdinaryWords_StayAsTheyAre()
    {
        const string Text = "street: no frame for 5.0 s, reopening in 1.2 s (Stalled); see http://127.0.0.1:8080/";

        Assert.Equal(Text, Logged(Text));
    }

    [Fact]
    public void Add_SecretAcrossTheCut_IsGoneBeforeTheLineIsCut() =>
        Assert.DoesNotContain("canary", Logged(new string('x', 985) + " rtsp://u:canarycanarycanary@h/"), StringComparison.Ordinal);

    [Fact]
    public void Newest_MoreThanAThousandLines_AreTheLastOnes()
    {
        using var ring = new LogRing(TimeProvider.System);
        var logger = ring.CreateLogger("EdgeVision.Agent.Daemon");
        for (var i = 0; i < 1500; i++)
        {
            Write(logger, i % 10 == 0 ? LogLevel.Warning : LogLevel.Information, $"line {i}");
        }

        Assert.Equal(["line 1498", "line 1499"], ring.Newest(2, LogLevel.Trace).Select(line => line.Text));
        Assert.Equal(1000, ring.Newest(5000, LogLevel.Trace).Count);
        Assert.Equal(100, ring.Newest(5000, LogLevel.Warning).Count);
        Assert.Equal("Daemon", ring.Newest(1, LogLevel.Trace)[0].Source);
    }

    private static string Logged(string text)
    {
        using var ring = new LogRing(TimeProvider.System);
        Write(ring.CreateLogger("x"), LogLevel.Information, text);
        return Assert.Single(ring.Newest(10, LogLevel.Trace)).Text;
    }

    private static void Write(ILogger logger, LogLevel level, string text) => logger.Log(level, default, text, null, (state, _) => state);
}
