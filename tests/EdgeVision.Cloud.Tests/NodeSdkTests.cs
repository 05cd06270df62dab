using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace EdgeVision.Cloud.Tests;

/// <summary>Microsoft's own SDKs for Node are the judges of whether this hub is compatible.</summary>
public sealed class NodeSdkTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("Mqtt", "sas")]
    [InlineData("MqttWs", "sas")]
    [InlineData("Mqtt", "thumbprint")]
    [InlineData("MqttWs", "thumbprint")]
    [InlineData("Mqtt", "ca")]
    public void OfficialSdk_EveryWayIn_DoesAllThatADeviceDoes(string transport, string proof)
    {
        using var folder = new TemporaryDirectory();
        using var hub = new StandardHub();
        var (connectionString, certFile, keyFile) = Enrol(hub, folder, proof);
        File.WriteAllBytes(folder.File("picture"), RandomNumberGenerator.GetBytes(6 << 20)); // two blocks of the SDK's 4 MB
        using var sdk = hub.Node("device.js", new { connectionString, caFile = hub.CaFile, transport, certFile, keyFile, upload = folder.File("picture") });
        sdk.WaitForText("\"event\":\"reported\"", Patience);

        var answer = hub.Hub.Json("invoke", "judge", "double", """{"number":21}""");
        hub.Hub.Json("twin", "patch", "judge", """{"interval":5}""");
        hub.Hub.Json("send", "judge", "open the gate", "--message-id", "m1", "--ack", "full", "--property", "gate=north & south");
        sdk.WaitForText("\"interval\":5", Patience);
        sdk.WaitForText("\"event\":\"completed\"", Patience);
        sdk.WaitForText("\"event\":\"uploaded\"", Patience);

        Assert.Equal("""{"status":200,"payload":{"doubled":42}}""", answer.GetRawText());
        Assert.Equal(7, hub.Hub.Json("twin", "get", "judge").GetProperty("properties").GetProperty("reported").GetProperty("seen").GetProperty("frames").GetInt32());
        AssertGreeting(hub.Telemetry("judge")[0]);
        Assert.Contains("""{"event":"message","data":"open the gate","id":"m1",""", sdk.Output, StringComparison.Ordinal);
        Assert.Contains("""{"key":"gate","value":"north & south"}""", sdk.Output, StringComparison.Ordinal);
        Eventually.True(() => hub.Hub.Json("feedback").GetArrayLength() == 1, TimeSpan.FromSeconds(5));
        Assert.Equal("Success", hub.Hub.Json("feedback")[0].GetProperty("statusCode").GetString());
        Assert.Equal("judge/evidence/picture 1.bin", hub.Hub.Json("files")[0].GetProperty("blobName").GetString());
        Assert.Equal(File.ReadAllBytes(folder.File("picture")), File.ReadAllBytes(Path.Combine(hub.Hub.Data, "files", "judge", "evidence", "picture 1.bin")));
        AssertNoComplaint(sdk);
    }

    [Fact]
    public void OfficialSdk_ModuleClient_HasItsOwnTwinAndMethods()
    {
        using var hub = new StandardHub();
        hub.Enrol("judge");
        using var sdk = hub.Node("device.js", new { connectionString = hub.Enrol("judge/vision"), caFile = hub.CaFile, module = true });
        sdk.WaitForText("\"event\":\"reported\"", Patience);

        Assert.Equal("""{"status":200,"payload":{"doubled":42}}""", hub.Hub.Json("invoke", "judge/vision", "double", """{"number":21}""").GetRawText());
        hub.Hub.Json("twin", "patch", "judge/vision", """{"interval":5}""");
        sdk.WaitForText("\"interval\":5", Patience);

        AssertGreeting(hub.Telemetry("judge")[0]);
        Assert.Equal("vision", hub.Telemetry("judge")[0].GetProperty("systemProperties").GetProperty("iothub-connection-module-id").GetString());
        AssertNoComplaint(sdk);
    }

    [Fact]
    public void OfficialSdk_StorageAccount_GetsTheFile()
    {
        Azurite.Require();
        var port = Azurite.FreePort();
        using var folder = new TemporaryDirectory();
        using var hub = new StandardHub(host => ["--blob-storage", Azurite.ConnectionString(host, port)]);
        using var store = new Azurite(hub.Host, port, hub.Hub.Data);
        File.WriteAllBytes(folder.File("picture"), RandomNumberGenerator.GetBytes(6 << 20));
        using var sdk = hub.Node("device.js", new { connectionString = hub.Enrol("judge"), caFile = hub.CaFile, upload = folder.File("picture") });

        sdk.WaitForText("\"event\":\"uploaded\"", Patience);

        Assert.True(sdk.Output.Contains("\"uploaded\",\"error\":null", StringComparison.Ordinal), sdk.Output + store.Output + hub.Hub.Server!.Output);
        Assert.True(store.StoredBytes >= 6 << 20, store.Output);
        var notice = Assert.Single(hub.Hub.Json("files").EnumerateArray());
        Assert.Equal($"https://{hub.Host}:{port}/devstoreaccount1/uploads/judge/evidence/picture%201.bin", notice.GetProperty("blobUri").GetString());
        Assert.False(Directory.Exists(Path.Combine(hub.Hub.Data, "files")));
    }

    [Theory]
    [InlineData("Mqtt")]
    [InlineData("MqttWs")]
    public void OfficialSdk_HubThatWasKilled_ComesBackByItself(string transport)
    {
        using var hub = new StandardHub();
        using var sdk = hub.Node("device.js", new { connectionString = hub.Enrol("judge"), caFile = hub.CaFile, transport });
        sdk.WaitForText("\"event\":\"tick\"", Patience);

        hub.Hub.Server!.Signal(9);
        hub.Hub.Server.WaitForExit(TimeSpan.FromSeconds(10));
        hub.Hub.Start();
        var before = hub.Telemetry("judge").Count;

        Eventually.True(() => hub.Telemetry("judge").Count > before, TimeSpan.FromSeconds(60), () => sdk.Output);
        hub.Hub.Json("twin", "patch", "judge", """{"interval":6}""");
        sdk.WaitForText("\"interval\":6", Patience);
        hub.Hub.Json("send", "judge", "still here");
        sdk.WaitForText("still here", Patience);
    }

    [Theory]
    [InlineData("Mqtt", "group")]
    [InlineData("MqttWs", "group")]
    [InlineData("Mqtt", "individual")]
    [InlineData("Mqtt", "certificate")]
    [InlineData("MqttWs", "certificates")]
    public void OfficialSdk_Provisioning_IsAssignedToThisHub(string transport, string enrollment)
    {
        using var folder = new TemporaryDirectory();
        using var hub = new StandardHub();
        var options = Provision(hub, folder, enrollment);

        using var sdk = hub.Node("provision.js", options(transport));
        sdk.WaitForText("event", Patience);

        Assert.Contains($$"""{"event":"assigned","hub":"{{hub.Host}}","device":"cam-1","status":"assigned"}""", sdk.Output, StringComparison.Ordinal);
        Assert.Contains(hub.Hub.Json("device", "list", "--json").EnumerateArray(), device => device.GetProperty("deviceId").GetString() == "cam-1");
    }

    private static (string ConnectionString, string? CertFile, string? KeyFile) Enrol(StandardHub hub, TemporaryDirectory folder, string proof)
    {
        if (proof == "sas")
        {
            return (hub.Enrol("judge"), null, null);
        }

        using var root = TestCertificates.Authority("Works root");
        using var certificate = proof == "ca" ? TestCertificates.SignedBy(root, "judge") : TestCertificates.SelfSigned("judge");
        Write(folder, certificate);
        if (proof == "ca")
        {
            AddAuthority(hub, folder, root);
        }

        var connectionString = proof == "ca" ? hub.Enrol("judge", "--x509-ca") : hub.Enrol("judge", "--x509-thumbprint", certificate.GetCertHashString(HashAlgorithmName.SHA256));
        return (connectionString, folder.File("device.pem"), folder.File("device.key"));
    }

    private static Func<string, object> Provision(StandardHub hub, TemporaryDirectory folder, string enrollment)
    {
        using var root = TestCertificates.Authority("Works root");
        using var certificate = enrollment == "certificates" ? TestCertificates.SignedBy(root, "cam-1") : TestCertificates.SelfSigned("cam-1");
        Write(folder, certificate);
        var added = enrollment switch
        {
            "group" => hub.Hub.Json("enrollment", "add", "cameras", "--group"),
            "individual" => hub.Hub.Json("enrollment", "add", "cam-1"),
            "certificate" => hub.Hub.Json("enrollment", "add", "cam-1", "--x509-thumbprint", certificate.GetCertHashString(HashAlgorithmName.SHA256)),
            _ => hub.Hub.Json("enrollment", "add", "works", "--group", "--x509-thumbprint", AddAuthority(hub, folder, root)),
        };
        var key = enrollment switch
        {
            "group" => hub.Hub.Json("enrollment", "key", "cameras", "cam-1").GetProperty("key").GetString(),
            "individual" => added.GetProperty("authentication").GetProperty("symmetricKey").GetProperty("primaryKey").GetString(),
            _ => null,
        };
        return transport => new
        {
            host = hub.Host, idScope = added.GetProperty("idScope").GetString(), registrationId = "cam-1", key, transport, certFile = folder.File("device.pem"), keyFile = folder.File("device.key"),
        };
    }

    private static void Write(TemporaryDirectory folder, X509Certificate2 certificate)
    {
        var (pem, key) = TestCertificates.Pem(certificate);
        File.WriteAllText(folder.File("device.pem"), pem);
        File.WriteAllText(folder.File("device.key"), key);
    }

    private static string AddAuthority(StandardHub hub, TemporaryDirectory folder, X509Certificate2 root)
    {
        File.WriteAllText(folder.File("root.pem"), root.ExportCertificatePem());
        return hub.Hub.Json("ca", "add", folder.File("root.pem")).GetProperty("thumbprint").GetString()!;
    }

    private static void AssertGreeting(JsonElement message)
    {
        Assert.Equal("grüße", message.GetProperty("body").GetProperty("text").GetString());
        Assert.Equal("a&b=c/d é", message.GetProperty("properties").GetProperty("line").GetString());
        Assert.Equal("greeting-1", message.GetProperty("systemProperties").GetProperty("message-id").GetString());
    }

    private static void AssertNoComplaint(RunningProgram sdk)
    {
        Assert.DoesNotContain("\"event\":\"error\"", sdk.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\"event\":\"failed\"", sdk.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\"error\":\"", sdk.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("disconnect", sdk.Output, StringComparison.Ordinal);
    }
}
