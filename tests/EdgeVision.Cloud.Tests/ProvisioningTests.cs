using System.Security.Cryptography;
using System.Text.Json;
using EdgeVision.Cloud.Certificates;
using EdgeVision.Cloud.Provisioning;
using EdgeVision.Cloud.Storage;
using EdgeVision.Hub;

namespace EdgeVision.Cloud.Tests;

public class ProvisioningTests(SharedHub shared) : IClassFixture<SharedHub>
{
    private const string Register = "$dps/registrations/PUT/iotdps-register/?$rid=1";

    [Fact]
    public void Derive_PublishedExample_IsAzuresKey() => Assert.Equal(
        "Jsm0lyGpjaVYVP2g3FnmnmG9dI/9qU24wNoykUmermc=",
        Enrollment.Derive("8isrFI1sGsIlvvFSSFRiMfCNzv21fjbE/+ah/lSh3lF8e2YG1Te7w1KpZhJFFXJrqYKi9yegxkqIChbqOS9Egw==", "sn-007-888-abc-mac-a1-b2-c3-d4-e5-f6"));

    [Fact]
    public async Task Group_DerivedKey_IsAssignedAndConnectsToTheHub()
    {
        var hub = await shared.EmptyAsync();
        var group = Enrol(hub, new Enrollment("cameras", IsGroup: true, Enabled: true, "", DeviceCredentials.NewKeys()));
        var key = Enrollment.Derive(group.Credentials.PrimaryKey, "Cam-7");
        await using var device = await RawDevice.OpenAsync(hub.Address.MqttPort);
        Assert.Equal(0, await device.ConnectAsync("Cam-7", UserName(hub, "Cam-7"), Token(hub, "Cam-7", key)));

        var assigned = await RegisterAsync(device);

        var state = assigned.GetProperty("registrationState");
        Assert.Equal(("assigned", "Cam-7", hub.Address.HostName), (assigned.GetProperty("status").GetString(), state.GetProperty("deviceId").GetString(), state.GetProperty("assignedHub").GetString()));
        await using var connected = await RawDevice.OpenAsync(hub.Address.MqttPort);
        var token = SasToken.Create($"{hub.Address.HostName}/devices/Cam-7", key, TimeProvider.System.GetUtcNow().AddMinutes(5));
        Assert.Equal(0, await connected.ConnectAsync("Cam-7", hub.UserName("Cam-7"), token));
        Assert.True(await device.HearsNothingAsync()); // the hub's connection of that name does not push out the other service's
    }

    [Fact]
    public async Task Individual_NamedDevice_GetsThatNameAndKeepsItTheNextTime()
    {
        var hub = await shared.EmptyAsync();
        var own = Enrol(hub, new Enrollment("serial-1", IsGroup: false, Enabled: true, "gate-north", DeviceCredentials.NewKeys()));
        for (var i = 0; i < 2; i++)
        {
            await using var device = await RawDevice.OpenAsync(hub.Address.MqttPort);
            Assert.Equal(0, await device.ConnectAsync("serial-1", UserName(hub, "serial-1"), Token(hub, "serial-1", own.Credentials.SecondaryKey)));
            Assert.Equal("gate-north", (await RegisterAsync(device)).GetProperty("registrationState").GetProperty("deviceId").GetString());
        }

        Assert.Equal(own.Credentials, hub.WithDatabase(database => new DeviceRegistry(database).Find("gate-north"))!.Credentials);
    }

    [Fact]
    public async Task Certificate_IndividualAndGroup_AreAssignedWithWhatTheyShowed()
    {
        var hub = await shared.EmptyAsync();
        using var root = TestCertificates.Authority("Works root");
        using var own = TestCertificates.SelfSigned("cam-1");
        using var signed = TestCertificates.SignedBy(root, "cam-2");
        using var folder = new TemporaryDirectory();
        File.WriteAllText(folder.File("root.pem"), root.ExportCertificatePem());
        var authority = hub.WithDatabase(database => new TrustedAuthorities(database).Add(folder.File("root.pem")));
        Enrol(hub, new Enrollment("cam-1", false, true, "", DeviceCredentials.Thumbprints(own.GetCertHashString(HashAlgorithmName.SHA256), "")));
        Enrol(hub, new Enrollment("works", true, true, "", DeviceCredentials.Authority with { PrimaryThumbprint = authority }));

        foreach (var (id, certificate) in new[] { ("cam-1", own), ("cam-2", signed) })
        {
            await using var device = await RawDevice.OpenAsync(hub.Address.MqttPort, certificate);
            Assert.Equal(0, await device.ConnectAsync(id, UserName(hub, id), ""));
            Assert.Equal(id, (await RegisterAsync(device)).GetProperty("registrationState").GetProperty("deviceId").GetString());
            await using var connected = await RawDevice.OpenAsync(hub.Address.MqttPort, certificate);
            Assert.Equal(0, await connected.ConnectAsync(id, hub.UserName(id), ""));
        }
    }

    [Fact]
    public async Task Connect_WithoutEnrollmentOrProof_IsCodeFive()
    {
        var hub = await shared.EmptyAsync();
        var own = Enrol(hub, new Enrollment("cam-1", false, true, "", DeviceCredentials.NewKeys()));
        Enrol(hub, new Enrollment("cam-2", false, Enabled: false, "", own.Credentials));
        var key = own.Credentials.PrimaryKey;
        var scope = hub.Directory.IdScope;
        (string Id, string UserName, string Password)[] refused =
        [
            ("cam-1", UserName(hub, "cam-1"), Token(hub, "cam-1", DataDirectory.NewKey())),
            ("cam-1", UserName(hub, "cam-1"), ""),
            ("cam-1", UserName(hub, "cam-1"), SasToken.Create($"{scope}/registrations/cam-1", key, TimeProvider.System.GetUtcNow().AddMinutes(5))), // no skn
            ("cam-1", UserName(hub, "cam-1"), SasToken.Create($"{scope}/registrations/cam-1", key, TimeProvider.System.GetUtcNow().AddMinutes(-6), "registration")),
            ("cam-1", "0ne00000000/registrations/cam-1/api-version=2019-03-31", Token(hub, "cam-1", key)),
            ("cam-1", UserName(hub, "cam-2"), Token(hub, "cam-2", key)),
            ("cam-2", UserName(hub, "cam-2"), Token(hub, "cam-2", key)), // disabled
            ("cam-3", UserName(hub, "cam-3"), Token(hub, "cam-3", key)),
        ];

        foreach (var (id, userName, password) in refused)
        {
            await using var device = await RawDevice.OpenAsync(hub.Address.MqttPort);
            Assert.Equal(5, await device.ConnectAsync(id, userName, password));
        }

        Assert.Empty(hub.WithDatabase(database => new DeviceRegistry(database).All()));
    }

    [Fact]
    public async Task Register_NameOfADeviceThatCameByAnotherWay_IsRefusedAndTheDeviceStays()
    {
        var hub = await shared.EmptyAsync();
        await using var connected = await hub.ConnectAsync("cam-1");
        var group = Enrol(hub, new Enrollment("cameras", IsGroup: true, Enabled: true, "", DeviceCredentials.NewKeys()));
        await using var device = await RawDevice.OpenAsync(hub.Address.MqttPort);
        Assert.Equal(0, await device.ConnectAsync("cam-1", UserName(hub, "cam-1"), Token(hub, "cam-1", Enrollment.Derive(group.Credentials.PrimaryKey, "cam-1"))));
        await device.SubscribeAsync("$dps/registrations/res/#");

        await device.PublishAsync(Register, "{}"u8.ToArray(), qos: 0);

        Assert.StartsWith("$dps/registrations/res/409/?$rid=1", (await device.ReceiveAsync()).Topic, StringComparison.Ordinal);
        Assert.True(await connected.HearsNothingAsync());
        await using var again = await hub.ConnectAsync("cam-1");
    }

    [Theory]
    [InlineData("devices/cam-1/messages/events/")]
    [InlineData("$iothub/twin/GET/?$rid=1")]
    [InlineData("$dps/registrations/DELETE/?$rid=1")]
    public async Task Publish_AnythingElse_ClosesTheConnection(string topic)
    {
        var hub = await shared.EmptyAsync();
        var own = Enrol(hub, new Enrollment("cam-1", false, true, "", DeviceCredentials.NewKeys()));
        await using var device = await RawDevice.OpenAsync(hub.Address.MqttPort);
        Assert.Equal(0, await device.ConnectAsync("cam-1", UserName(hub, "cam-1"), Token(hub, "cam-1", own.Credentials.PrimaryKey)));
        Assert.Equal(0x80, await device.SubscribeAsync("#"));

        Assert.False(await device.PublishAsync(topic, []));
    }

    private static async Task<JsonElement> RegisterAsync(RawDevice device)
    {
        Assert.Equal(1, await device.SubscribeAsync("$dps/registrations/res/#", 1));
        await device.PublishAsync(Register, """{"registrationId":"x"}"""u8.ToArray(), qos: 0);
        var (topic, payload) = await device.ReceiveAsync();
        Assert.Equal("$dps/registrations/res/202/?$rid=1&retry-after=2", topic);
        var operation = JsonDocument.Parse(payload).RootElement.GetProperty("operationId").GetString();
        await device.PublishAsync("$dps/registrations/GET/iotdps-get-operationstatus/?$rid=2&operationId=other", [], qos: 0);
        Assert.StartsWith("$dps/registrations/res/404/?$rid=2", (await device.ReceiveAsync()).Topic, StringComparison.Ordinal);
        await device.PublishAsync($"$dps/registrations/GET/iotdps-get-operationstatus/?$rid=3&operationId={operation}", [], qos: 0);
        (topic, payload) = await device.ReceiveAsync();
        Assert.Equal("$dps/registrations/res/200/?$rid=3", topic);
        return JsonDocument.Parse(payload).RootElement;
    }

    private static Enrollment Enrol(TestHub hub, Enrollment enrollment)
    {
        Assert.True(hub.WithDatabase(database => new EnrollmentStore(database).TryAdd(enrollment)));
        return enrollment;
    }

    private static string UserName(TestHub hub, string id) => $"{hub.Directory.IdScope}/registrations/{id}/api-version=2019-03-31&ClientVersion=test";

    private static string Token(TestHub hub, string id, string key) =>
        SasToken.Create($"{hub.Directory.IdScope}/registrations/{id}", key, TimeProvider.System.GetUtcNow().AddMinutes(5), "registration");
}
