using System.Text.Json;

namespace EdgeVision.Cloud.Tests;

/// <summary>Microsoft's own device SDK for Node is the judge of whether this hub is compatible.</summary>
public sealed class NodeSdkTests
{
    private static readonly string Folder = Path.Combine(TestData.RepositoryRoot, "tests", "EdgeVision.Cloud.Tests", "node");

    [Fact]
    public void OfficialSdk_ConnectsSendsReportsAndAnswers()
    {
        Assert.SkipUnless(Directory.Exists(Path.Combine(Folder, "node_modules", "azure-iot-device-mqtt")), $"needs the packages of {Folder}: run make setup");
        using var hub = new PublishedHub();
        var added = hub.Json("device", "add", "judge", "--json");
        using var sdk = RunningProgram.Start("node", Path.Combine(Folder, "device.js"), added.GetProperty("connectionString").GetString()!, added.GetProperty("caFile").GetString()!);
        sdk.WaitForText("\"event\":\"reported\"", TimeSpan.FromSeconds(20));

        var answer = hub.Json("invoke", "judge", "double", """{"number":21}""");
        hub.Json("twin", "patch", "judge", """{"interval":5}""");
        sdk.WaitForText("\"interval\":5", TimeSpan.FromSeconds(5));

        Assert.Equal("""{"status":200,"payload":{"doubled":42}}""", answer.GetRawText());
        Assert.Equal(7, hub.Json("twin", "get", "judge").GetProperty("properties").GetProperty("reported").GetProperty("seen").GetProperty("frames").GetInt32());
        var message = JsonDocument.Parse(hub.Run("telemetry", "--device", "judge", "--json").Output).RootElement;
        Assert.Equal("grüße", message.GetProperty("body").GetProperty("text").GetString());
        Assert.Equal("a&b=c/d é", message.GetProperty("properties").GetProperty("line").GetString());
        Assert.Equal("greeting-1", message.GetProperty("systemProperties").GetProperty("message-id").GetString());
        Assert.DoesNotContain("\"event\":\"error\"", sdk.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\"event\":\"failed\"", sdk.Output, StringComparison.Ordinal);
    }
}
