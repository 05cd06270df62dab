namespace EdgeVision.Capture.Tests;

public class UrlSecretsTests
{
    [Theory]
    [InlineData("rtsp://admin:p%40ss@10.0.0.5/live?token=abc", "rtsp://***@10.0.0.5/live?token=***")]
    [InlineData("http://10.0.0.5/video?user=u1&password=geheim&size=2", "http://10.0.0.5/video?user=***&password=***&size=2")]
    [InlineData("rtsp://10.0.0.5:554/a@b", "rtsp://10.0.0.5:554/a@b")]
    [InlineData("rtsp://admin:a@b@10.0.0.5/live", "rtsp://***@10.0.0.5/live")]
    public void Remove_Url_HidesOnlySecrets(string url, string shown) => Assert.Equal(shown, UrlSecrets.Remove(url, url));

    [Fact]
    public void Remove_DecodedPasswordInAMessage_IsHidden() =>
        Assert.Equal("login *** refused", UrlSecrets.Remove("login p@ss refused", "rtsp://admin:p%40ss@10.0.0.5/live"));
}
