using System.Text.Json;

namespace EdgeVision.Cloud.Tests;

/// <summary>Microsoft's own service SDK for Node judges the service side.</summary>
public sealed class ServiceSdkTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void OfficialServiceSdk_IdentitiesTwinsQueriesAndMethods_DoWhatTheyDoAgainstAzure()
    {
        using var hub = new StandardHub();
        using var device = hub.Node("device.js", new { connectionString = hub.Enrol("judge"), caFile = hub.CaFile });
        device.WaitForText("\"event\":\"reported\"", Patience);
        var key = File.ReadAllText(Path.Combine(hub.Hub.Data, "service.key")).Trim();

        using var service = hub.Node("service.js", new { connectionString = $"HostName={hub.Host};SharedAccessKeyName=iothubowner;SharedAccessKey={key}", methodDevice = "judge" });
        var ended = service.WaitForExit(Patience);

        var said = ended.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.True(ended.ExitCode == 0, ended.Output + ended.Error);
        string[] Said(string name) => [.. said.Where(line => line.GetProperty("event").GetString() == name).Select(line => line.GetRawText())];
        Assert.Equal("""{"event":"created","deviceId":"sdk-1","key":"MDEyMzQ1Njc4OWFiY2RlZg==","etag":"1"}""", Said("created")[0]);
        Assert.Equal(["""{"event":"updated","status":"disabled"}"""], Said("updated"));
        Assert.Equal(["""{"event":"listed","ids":["first","judge","sdk-1","sdk-2","sdk-3"]}"""], Said("listed"));
        Assert.Equal(["""{"event":"counted","total":5,"disabled":1}"""], Said("counted"));
        Assert.Equal("""{"event":"tagged","site":"a","interval":5}""", Said("tagged")[0]);
        Assert.StartsWith("""{"event":"described","section":2,"interval":2,"since":""", Said("described")[0], StringComparison.Ordinal);
        Assert.InRange(JsonDocument.Parse(Said("described")[0]).RootElement.GetProperty("since").GetDouble(), -1000, 30_000); // milliseconds
        Assert.Equal(["""{"event":"found","found":["sdk-1","sdk-3"]}"""], Said("found"));
        Assert.Equal(["""{"event":"modules","ids":["vision"]}"""], Said("modules"));
        Assert.Equal(["""{"event":"invoked","status":200,"payload":{"doubled":42}}"""], Said("invoked"));
        Assert.Equal(
            // A method on a device that is away: the SDK has no name of its own for 404103.
            ["DeviceAlreadyExistsError", "InvalidEtagError", "InvalidEtagError", "InvalidEtagError", "Error", "DeviceNotFoundError"],
            Said("refused").Select(line => JsonDocument.Parse(line).RootElement.GetProperty("error").GetString()));
        Assert.Single(Said("done"));
    }
}
