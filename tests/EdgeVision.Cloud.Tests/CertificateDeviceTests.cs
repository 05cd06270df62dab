using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeVision.Cloud.Certificates;
using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Tests;

public class CertificateDeviceTests(SharedHub shared) : IClassFixture<SharedHub>
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Thumbprint_OneOfTheTwo_IsLetInOverBothTransports(bool isSecondary, bool isSha1)
    {
        var hub = await shared.EmptyAsync();
        using var certificate = TestCertificates.SelfSigned("anything");
        var print = certificate.GetCertHashString(isSha1 ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256);
        Enrol(hub, isSecondary ? DeviceCredentials.Thumbprints("", print) : DeviceCredentials.Thumbprints(print, ""));

        Assert.Equal(0, await ConnectAsync(hub, certificate));
        await using var socket = await RawDevice.OpenWebSocketAsync(hub.Address.HttpsPort, certificate);
        Assert.Equal(0, await socket.ConnectAsync("cam-1", hub.UserName("cam-1"), ""));
        Assert.True(await socket.PublishAsync("devices/cam-1/messages/events/", []));
        Assert.Equal("""{"scope":"device","type":"x509Certificate","issuer":"external"}""", hub.Telemetry("cam-1")[0].SystemProperties["iothub-connection-auth-method"]);
    }

    [Fact]
    public async Task Thumbprint_OtherExpiredOrNoCertificate_IsCodeFive()
    {
        var hub = await shared.EmptyAsync();
        using var known = TestCertificates.SelfSigned("cam-1");
        using var other = TestCertificates.SelfSigned("cam-1");
        using var expired = TestCertificates.SelfSigned("cam-1", daysLeft: -0.01);
        Enrol(hub, DeviceCredentials.Thumbprints(known.GetCertHashString(HashAlgorithmName.SHA256), expired.GetCertHashString(HashAlgorithmName.SHA256)));

        Assert.Equal(0, await ConnectAsync(hub, known));
        Assert.Equal(5, await ConnectAsync(hub, other));
        Assert.Equal(5, await ConnectAsync(hub, expired));
        Assert.Equal(5, await ConnectAsync(hub, null));
    }

    [Fact]
    public async Task Authority_SignsTheDevicesName_IsLetInAndNothingElse()
    {
        var hub = await shared.EmptyAsync();
        using var root = TestCertificates.Authority("Works root");
        using var stranger = TestCertificates.Authority("Works root");
        Trust(hub, root);
        Enrol(hub, DeviceCredentials.Authority);

        Assert.Equal(0, await ConnectAsync(hub, TestCertificates.SignedBy(root, "cam-1")));
        Assert.Equal(5, await ConnectAsync(hub, TestCertificates.SignedBy(root, "cam-2")));
        Assert.Equal(5, await ConnectAsync(hub, TestCertificates.SignedBy(stranger, "cam-1")));
        Assert.Equal(5, await ConnectAsync(hub, TestCertificates.SelfSigned("cam-1")));
    }

    [Fact]
    public async Task Certificate_OfADeviceThatHasKeys_IsNoProof()
    {
        var hub = await shared.EmptyAsync();
        hub.Add("cam-1");

        Assert.Equal(5, await ConnectAsync(hub, TestCertificates.SelfSigned("cam-1")));
    }

    [Fact]
    public async Task Certificate_ThatRunsOut_EndsTheConnection()
    {
        var hub = await shared.EmptyAsync();
        using var certificate = TestCertificates.SelfSigned("cam-1", daysLeft: 5.0 / 86400);
        Enrol(hub, DeviceCredentials.Thumbprints(certificate.GetCertHashString(HashAlgorithmName.SHA256), ""));
        await using var device = await RawDevice.OpenAsync(hub.Address.MqttPort, certificate);
        Assert.Equal(0, await device.ConnectAsync("cam-1", hub.UserName("cam-1"), ""));

        Assert.True(await device.IsClosedAsync());
    }

    private static void Enrol(TestHub hub, DeviceCredentials credentials) => hub.WithDatabase(database => new DeviceRegistry(database).Add("cam-1", credentials));

    private static void Trust(TestHub hub, X509Certificate2 root)
    {
        using var folder = new TemporaryDirectory();
        File.WriteAllText(folder.File("root.pem"), root.ExportCertificatePem());
        hub.WithDatabase(database => new TrustedAuthorities(database).Add(folder.File("root.pem")));
    }

    private static async Task<int> ConnectAsync(TestHub hub, X509Certificate2? certificate)
    {
        await using var device = await RawDevice.OpenAsync(hub.Address.MqttPort, certificate);
        return await device.ConnectAsync("cam-1", hub.UserName("cam-1"), "");
    }
}
