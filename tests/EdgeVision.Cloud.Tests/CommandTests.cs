using EdgeVision.Hub;

namespace EdgeVision.Cloud.Tests;

public sealed class CommandTests
{
    private const string Telemetry = "devices/cam-1/messages/events/$.ct=application%2Fjson";

    [Fact]
    public async Task Telemetry_AcknowledgedThenKilled_IsThereAfterRestart()
    {
        using var hub = new PublishedHub();
        await using (var device = await hub.ConnectAsync("cam-1"))
        {
            for (var i = 0; i < 20; i++)
            {
                Assert.True(await device.PublishAsync(Telemetry, System.Text.Encoding.UTF8.GetBytes($$"""{"n":{{i}}}""")));
            }

            hub.Server!.Signal(9);
        }

        hub.Start();
        var lines = hub.Run("telemetry", "--device", "cam-1", "--json").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(Enumerable.Range(0, 20).Select(i => $$"""{"n":{{i}}}"""), lines.Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("body").GetRawText()));
    }

    [Fact]
    public async Task Follow_WhileTheHubRuns_PrintsPromptly()
    {
        using var hub = new PublishedHub();
        await using var device = await hub.ConnectAsync("cam-1");
        using var follow = hub.Follow();
        await device.PublishAsync(Telemetry, """{"n":1}"""u8.ToArray());
        follow.WaitForText("""{"n":1}""", TimeSpan.FromSeconds(10));

        await device.PublishAsync(Telemetry, """{"n":2}"""u8.ToArray());
        var sent = TimeProvider.System.GetTimestamp();
        follow.WaitForText("""{"n":2}""", TimeSpan.FromSeconds(5));

        Assert.InRange(TimeProvider.System.GetElapsedTime(sent).TotalSeconds, 0, 1); // 0.15 s by design; the rest is for a busy machine
        Assert.False(follow.HasExited);
    }

    [Fact]
    public void Follow_WhoseReaderHasGone_Ends()
    {
        using var hub = new PublishedHub(start: false);
        hub.Json("device", "add", "cam-1", "--json");

        var output = Published.Run("/bin/sh", TimeSpan.FromSeconds(20), "-c", $"'{Published.Cloud}' telemetry --follow --json --data '{hub.Data}' | true");

        Assert.Equal(0, output.ExitCode);
    }

    [Fact]
    public async Task Serve_ToldToStop_EndsWithinTwoSecondsWithDevicesConnected()
    {
        using var hub = new PublishedHub();
        await using var device = await hub.ConnectAsync("cam-1");

        hub.Server!.Signal(15);
        var ended = hub.Server.WaitForExit(TimeSpan.FromSeconds(2));

        Assert.Equal(0, ended.ExitCode);
        Assert.False(File.Exists(Path.Combine(hub.Data, "endpoints.json")));
        Assert.True(await device.IsClosedAsync());
    }

    [Fact]
    public void Serve_DirectoryThatIsServed_IsRefused()
    {
        using var hub = new PublishedHub();

        var second = hub.Run("serve", "--mqtt-port", "0", "--https-port", "0");

        Assert.Equal(1, second.ExitCode);
        Assert.Contains("served by another process", second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Device_AddedTwiceWithAndWithoutAServer_HasTheSameKeyAndTheRightPort()
    {
        using var hub = new PublishedHub(start: false);
        var before = HubConnectionString.Parse(hub.Json("device", "add", "cam-1", "--json").GetProperty("connectionString").GetString()!);
        hub.Start();
        var added = hub.Json("device", "add", "cam-1", "--json");
        var after = HubConnectionString.Parse(added.GetProperty("connectionString").GetString()!);

        Assert.Equal(8883, before.Port);
        Assert.Equal(before.SharedAccessKey, after.SharedAccessKey);
        Assert.Equal(HubAddress.TryRead(Path.Combine(hub.Data, "endpoints.json"))!.MqttPort, after.Port);
        Assert.Equal(Path.Combine(hub.Data, "ca", "ca.pem"), added.GetProperty("caFile").GetString());
        Assert.Equal(Path.Combine(hub.Data, "models", "metadata", "1.root.json"), added.GetProperty("rootFile").GetString());
    }

    [Fact]
    public void Device_FirstOfAHubWithoutKeys_IsToldLoudlyOfDevelopmentKeys()
    {
        using var hub = new PublishedHub(start: false);

        var first = hub.Run("device", "add", "cam-1");
        var second = hub.Run("device", "add", "cam-2");

        Assert.Contains("DEVELOPMENT KEYS", first.Error, StringComparison.Ordinal);
        Assert.Contains("1.root.json", first.Output, StringComparison.Ordinal);
        Assert.Equal("", second.Error);
        Assert.Empty(hub.Json("model", "list").EnumerateArray());
    }

    [Fact]
    public async Task Commands_WhileADeviceIsConnected_ReachIt()
    {
        using var hub = new PublishedHub();
        await using var device = await hub.ConnectAsync("cam-1");
        await device.SubscribeAsync(HubTopic.TwinDesiredFilter);
        using var folder = new TemporaryDirectory();
        var released = hub.Json("model", "publish", Package.Write(folder.File("toy"), "1.0.0", [1]));

        hub.Json("twin", "patch", "cam-1", """{"interval":5}""");
        Assert.Equal("""{"interval":5,"$version":2}""", (await device.ReceiveAsync()).Payload);
        var first = hub.Json("rollout", "cam-1", "toy", "1.0.0").GetProperty("modelUpdate");
        var second = hub.Json("rollout", "cam-1", "toy", "1.0.0").GetProperty("modelUpdate");
        Assert.Contains(first.GetProperty("deploymentId").GetString()!, (await device.ReceiveAsync()).Payload, StringComparison.Ordinal);
        hub.Json("device", "disable", "cam-1", "--json");

        Assert.NotEqual(first.GetProperty("deploymentId").GetString(), second.GetProperty("deploymentId").GetString());
        Assert.Equal(released.GetProperty("manifestSha256").GetString(), first.GetProperty("manifestSha256").GetString());
        Assert.Equal($"https://localhost:{HubAddress.TryRead(Path.Combine(hub.Data, "endpoints.json"))!.HttpsPort}/", first.GetProperty("source").GetString());
        await device.ReceiveAsync(); // the second rollout
        Assert.True(await device.IsClosedAsync());
        Assert.Equal("disabled", hub.Json("device", "list", "--json")[0].GetProperty("status").GetString());
    }

    [Fact]
    public void Commands_WithoutAServer_WorkOnTheDatabaseOrSayThatTheyCannot()
    {
        using var hub = new PublishedHub(start: false);
        hub.Json("device", "add", "cam-1", "--json");

        Assert.Equal(2, hub.Json("twin", "patch", "cam-1", """{"interval":5}""").GetProperty("properties").GetProperty("desired").GetProperty("$version").GetInt32());
        var invoke = hub.Run("invoke", "cam-1", "ping");
        Assert.Equal(1, invoke.ExitCode);
        Assert.Contains("is not running", invoke.Error, StringComparison.Ordinal);
        hub.Json("device", "remove", "cam-1", "--json");
        Assert.Equal(1, hub.Run("twin", "get", "cam-1").ExitCode);
    }

    [Fact]
    public async Task Send_WhileTheHubRuns_ReachesTheDeviceAndRotateEndsIt()
    {
        using var hub = new PublishedHub();
        await using var device = await hub.ConnectAsync("cam-1");
        await device.SubscribeAsync(HubTopic.DeviceBoundFilter("cam-1"), 1);

        hub.Json("send", "cam-1", "open", "--ack", "positive", "--message-id", "m1");
        var (_, payload, packetId) = await device.ReceiveHeldAsync();
        await device.AcknowledgeAsync(packetId);
        Eventually.True(() => hub.Json("feedback").GetArrayLength() == 1, TimeSpan.FromSeconds(5));
        hub.Json("device", "rotate", "cam-1", "--json");

        Assert.Equal("open", payload);
        Assert.True(await device.IsClosedAsync());
        Assert.Equal("m1", hub.Json("feedback", "--forget")[0].GetProperty("originalMessageId").GetString());
        Assert.Equal(0, hub.Json("feedback").GetArrayLength());
        Eventually.True(() => hub.Json("events", "--device", "cam-1").GetArrayLength() >= 2, TimeSpan.FromSeconds(5));
        Assert.Equal("connected", hub.Json("events", "--device", "cam-1")[0].GetProperty("reason").GetString());
        await using var again = await hub.ConnectAsync("cam-1");
    }

    [Fact]
    public void DevicesAuthoritiesAndEnrollments_WithoutAServer_AreKept()
    {
        using var hub = new PublishedHub(start: false);
        using var root = TestCertificates.Authority("Works root");
        using var folder = new TemporaryDirectory();
        File.WriteAllText(folder.File("root.pem"), root.ExportCertificatePem());
        File.WriteAllText(folder.File("leaf.pem"), TestCertificates.SignedBy(root, "cam-1").ExportCertificatePem());
        var print = new string('A', 40);

        Assert.Equal("HostName=localhost;DeviceId=cam-1;x509=true;HttpsPort=8443", hub.Json("device", "add", "cam-1", "--x509-thumbprint", print, "--json").GetProperty("connectionString").GetString());
        Assert.StartsWith("HostName=localhost;DeviceId=cam-1;ModuleId=vision;SharedAccessKey=", hub.Json("device", "add", "cam-1/vision", "--json").GetProperty("connectionString").GetString(), StringComparison.Ordinal);
        var authority = hub.Json("ca", "add", folder.File("root.pem")).GetProperty("thumbprint").GetString()!;
        Assert.Equal("CN=Works root", hub.Json("ca", "list")[0].GetProperty("subject").GetString());
        hub.Json("enrollment", "add", "works", "--group", "--x509-thumbprint", authority);
        var group = hub.Json("enrollment", "add", "cameras", "--group").GetProperty("authentication").GetProperty("symmetricKey").GetProperty("primaryKey").GetString()!;
        Assert.Equal(Provisioning.Enrollment.Derive(group, "cam-9"), hub.Json("enrollment", "key", "cameras", "cam-9").GetProperty("key").GetString());
        Assert.Equal(2, hub.Json("enrollment", "list").GetArrayLength());
        hub.Json("enrollment", "remove", "works");
        hub.Json("ca", "remove", authority);

        Assert.Equal(1, hub.Run("enrollment", "key", "works", "cam-9").ExitCode);
        Assert.Equal(1, hub.Run("ca", "remove", authority).ExitCode);
        Assert.Contains("is no certificate authority", hub.Run("ca", "add", folder.File("leaf.pem")).Error, StringComparison.Ordinal);
        Assert.Contains("already", hub.Run("enrollment", "add", "cameras", "--group").Error, StringComparison.Ordinal);
        Assert.Equal(1, hub.Json("device", "list", "--json").GetArrayLength());
    }

    [Theory]
    [InlineData(2, "is no command", "dance")]
    [InlineData(2, "--tier is F1", "serve", "--tier", "huge")]
    [InlineData(2, "--x509-thumbprint is the SHA-1", "device", "add", "cam-1", "--x509-thumbprint", "xyz")]
    [InlineData(1, "cannot be read as certificate", "ca", "add", "/etc/hostname")]
    [InlineData(1, "is the connection string", "serve", "--mqtt-port", "0", "--https-port", "0", "--blob-storage", "AccountName=x")]
    [InlineData(2, "knows no --colour", "device", "list", "--colour")]
    [InlineData(2, "device add needs ID", "device", "add")]
    [InlineData(2, "a whole number from 0 to 65535", "serve", "--mqtt-port", "lots")]
    [InlineData(2, "--listen is an address", "serve", "--listen", "everywhere")]
    [InlineData(1, "holds no hub", "twin", "get", "cam-1")]
    [InlineData(1, "is no device id", "device", "add", "a b")]
    [InlineData(1, "is no JSON", "invoke", "cam-1", "ping", "{")]
    [InlineData(1, "no manifest.json", "model", "publish", "/tmp")]
    public void Commands_BadInput_SaysWhatAndTheWayOut(int exitCode, string words, params string[] arguments)
    {
        using var hub = new PublishedHub(start: false);

        var output = hub.Run(arguments);

        Assert.Equal(exitCode, output.ExitCode);
        Assert.Contains(words, output.Error, StringComparison.Ordinal);
        Assert.Equal("", output.Output);
    }
}
