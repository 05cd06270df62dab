namespace EdgeVision.Hub.Tests;

public sealed class HubConnectionStringTests
{
    [Theory]
    [InlineData("HostName=hub.example;DeviceId=cam-1;SharedAccessKey=a2V5", "hub.example", 8883, "hub.example")]
    [InlineData("sharedaccesskey=a2V5; deviceid=cam-1; hostname=localhost:18883;", "localhost", 18883, "localhost:18883")]
    public void Parse_AnyOrderAndCase_GivesThePartsAndHidesTheKey(string text, string host, int port, string hostName)
    {
        var parsed = HubConnectionString.Parse(text);

        Assert.Equal((host, port, hostName, "cam-1", "a2V5"), (parsed.Host, parsed.Port, parsed.HostName, parsed.DeviceId, parsed.SharedAccessKey));
        Assert.DoesNotContain("a2V5", parsed.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "HostName")]
    [InlineData("HostName=h;DeviceId=d", "SharedAccessKey")]
    [InlineData("HostName=h;SharedAccessKey=a2V5", "DeviceId")]
    [InlineData("HostName=h:port;DeviceId=d;SharedAccessKey=a2V5", "port")]
    [InlineData("HostName=h;DeviceId=a/b;SharedAccessKey=a2V5", "a/b")]
    [InlineData("HostName=h;DeviceId=d;SharedAccessKey=secret!", "base64")]
    public void Parse_SomethingMissing_NamesItAndNeverTheKey(string text, string named)
    {
        var refused = Assert.Throws<HubException>(() => HubConnectionString.Parse(text));

        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret!", refused.Message, StringComparison.Ordinal);
    }
}
