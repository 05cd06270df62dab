using System.Globalization;
using EdgeVision.Hub;

namespace EdgeVision.Cloud.Tests;

/// <summary>The plainest MQTT client there is, with a token made by hand, as somebody with a shell would use it.</summary>
public sealed class MosquittoTests
{
    [Fact]
    public void Mosquitto_TokenMadeByHand_PublishesAndReceives()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/mosquitto_pub"), "needs Debian's mosquitto-clients: run make setup");
        using var hub = new PublishedHub();
        var device = HubConnectionString.Parse(hub.Json("device", "add", "shell", "--json").GetProperty("connectionString").GetString()!);
        var token = SasToken.Create($"{device.HostName}/devices/shell", device.SharedAccessKey, TimeProvider.System.GetUtcNow().AddMinutes(5));
        string[] who =
        [
            "-h", device.Host, "-p", device.Port.ToString(CultureInfo.InvariantCulture), "--cafile", Path.Combine(hub.Data, "ca", "ca.pem"), "-V", "mqttv311",
            "-i", "shell", "-u", $"{device.HostName}/shell/?api-version=2021-04-12", "-P", token, "-q", "1",
        ];

        Assert.Equal(0, Published.Run("mosquitto_pub", TimeSpan.FromSeconds(20), [.. who, "-t", "devices/shell/messages/events/line=3", "-m", "hello"]).ExitCode);
        hub.Json("send", "shell", "open the gate");
        var received = Published.Run("mosquitto_sub", TimeSpan.FromSeconds(20), [.. who, "-t", "devices/shell/messages/devicebound/#", "-C", "1"]);
        var refused = Published.Run("mosquitto_pub", TimeSpan.FromSeconds(20), [.. who, "-P", token + "x", "-t", "devices/shell/messages/events/", "-m", "hello"]);

        Assert.Equal("open the gate", received.Output.Trim());
        Assert.Contains("not authorised", refused.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("\"line\":\"3\"", hub.Run("telemetry", "--device", "shell", "--json").Output, StringComparison.Ordinal);
    }
}
