using EdgeVision.Cloud.Certificates;
using EdgeVision.Cloud.Mqtt;
using EdgeVision.Cloud.Storage;
using EdgeVision.Hub;

namespace EdgeVision.Cloud.Tests;

/// <summary>Tokens that were computed twice with other tools, key <see cref="Key"/>, expiry 1767225600.</summary>
public sealed class AuthenticatorTests : IDisposable
{
    private const string Host = "contoso.azure-devices.net", Id = "MyDevice01", Key = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    private const string UpperCase = "SharedAccessSignature sr=contoso.azure-devices.net%2Fdevices%2FMyDevice01&sig=T3giH8DOJtN2soWwzkJyMAOgEuxjVSFuOfHAzB1VA2Q%3D&se=1767225600";
    private const string LowerCase = "SharedAccessSignature sr=contoso.azure-devices.net%2fdevices%2fMyDevice01&sig=XWSOYzifB7VQfR6uuE3Kyjesi97eyJHgskMMHYrJQ7w%3D&se=1767225600";
    private const string Module = "SharedAccessSignature sr=contoso.azure-devices.net%2Fdevices%2FMyDevice01%2Fmodules%2Fvision&sig=wfGk%2BSMv7tjkLvoxyPmYurrnrvlQOf76iM86WlNmXfQ%3D&se=1767225600";
    private const long Expiry = 1767225600;
    private readonly TemporaryDirectory _folder = new();
    private readonly HubDatabase _database;

    public AuthenticatorTests()
    {
        _database = HubDatabase.Open(DataDirectory.Create(_folder.File("hub")));
        new DeviceRegistry(_database).Add(Id);
        Set("primary_key", Key);
    }

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(UpperCase)]
    [InlineData(LowerCase)]
    public void CheckDevice_VectorWithEitherCaseOfHex_IsLetIn(string token)
    {
        Assert.Equal(ConnectRefusal.None, Check(token, out var expires));
        Assert.Equal(Expiry + 300, expires);
    }

    [Fact]
    public void CheckDevice_SecondaryKey_IsLetIn()
    {
        Set("primary_key", DataDirectory.NewKey());
        Set("secondary_key", Key);

        Assert.Equal(ConnectRefusal.None, Check(UpperCase, out _));
    }

    [Theory]
    [InlineData(300, nameof(ConnectRefusal.None))]
    [InlineData(301, nameof(ConnectRefusal.Expired))]
    public void CheckDevice_AfterExpiry_IsLetInForFiveMinutes(long seconds, string refusal) => Assert.Equal(refusal, Check(UpperCase, out _, now: Expiry + seconds).ToString());

    [Theory]
    [InlineData(Module, nameof(ConnectRefusal.OtherResource))]
    [InlineData("", nameof(ConnectRefusal.NoToken))]
    [InlineData("SharedAccessSignature sr=contoso.azure-devices.net%2Fdevices%2FMyDevice01&sig=AAAA&se=1767225600", nameof(ConnectRefusal.WrongKey))]
    [InlineData("SharedAccessSignature sr=elsewhere%2Fdevices%2FMyDevice01&sig=T3giH8DOJtN2soWwzkJyMAOgEuxjVSFuOfHAzB1VA2Q%3D&se=1767225600", nameof(ConnectRefusal.OtherResource))]
    [InlineData("SharedAccessSignature sr=contoso.azure-devices.net%2Fdevices%2FMyDevice&sig=T3giH8DOJtN2soWwzkJyMAOgEuxjVSFuOfHAzB1VA2Q%3D&se=1767225600", nameof(ConnectRefusal.OtherResource))]
    [InlineData("SharedAccessSignature sr=contoso.azure-devices.net%2Fdevices%2FMyDevice01&sig=T3giH8DOJtN2soWwzkJyMAOgEuxjVSFuOfHAzB1VA2Q%3D&se=1767225601", nameof(ConnectRefusal.WrongKey))]
    public void CheckDevice_OtherTokens_AreRefusedForTheirReason(string token, string refusal) => Assert.Equal(refusal, Check(token, out _).ToString());

    [Fact]
    public void CheckDevice_TokenOfTheServiceForTheWholeHub_IsLetIn() => Assert.Equal(ConnectRefusal.None, Check(Service(Host), out _));

    [Fact]
    public void CheckDevice_PolicyThatIsNotOurs_IsRefused() => Assert.Equal(ConnectRefusal.WrongKey, Check(UpperCase + "&skn=device", out _));

    [Theory]
    [InlineData("contoso.azure-devices.net/MyDevice01/?DeviceClientType=x&api-version=2020-09-30&what=ever", nameof(ConnectRefusal.None))]
    [InlineData("contoso.azure-devices.net:8883/MyDevice01", nameof(ConnectRefusal.None))]
    [InlineData("localhost/MyDevice01/", nameof(ConnectRefusal.None))]
    [InlineData("contoso.azure-devices.net/mydevice01/?api-version=2021-04-12", nameof(ConnectRefusal.BadUserName))]
    [InlineData("contoso.azure-devices.net/MyDevice01/vision/?api-version=2021-04-12", nameof(ConnectRefusal.BadUserName))]
    [InlineData("elsewhere/MyDevice01/?api-version=2021-04-12", nameof(ConnectRefusal.BadUserName))]
    [InlineData("MyDevice01", nameof(ConnectRefusal.BadUserName))]
    [InlineData(null, nameof(ConnectRefusal.BadUserName))]
    public void CheckDevice_UserName_MustNameHubAndDevice(string? userName, string refusal) =>
        Assert.Equal(refusal, At(Expiry).CheckDevice(Id, userName, UpperCase, null, out _, out _).ToString());

    [Fact]
    public void CheckDevice_UnknownOrDisabled_IsRefused()
    {
        Assert.Equal(ConnectRefusal.UnknownDevice, At(Expiry).CheckDevice("other", Host + "/other", UpperCase, null, out _, out _));
        new DeviceRegistry(_database).Update(Id, new DeviceChange(Enabled: false));
        Assert.Equal(ConnectRefusal.DisabledDevice, Check(UpperCase, out _));
        Assert.Equal(ConnectRefusal.BadClientId, At(Expiry).CheckDevice("a/b/c", Host + "/a/b/c", UpperCase, null, out _, out _));
    }

    [Fact]
    public void IsService_OnlyItsOwnTokenForTheHubInTime_IsLetIn()
    {
        Assert.True(At(Expiry).IsService(Service("localhost:8443")));
        Assert.False(At(Expiry + 301).IsService(Service(Host)));
        Assert.False(At(Expiry).IsService(Service("elsewhere")));
        Assert.False(At(Expiry).IsService(UpperCase));
        Assert.False(At(Expiry).IsService(SasToken.Create(Host, DataDirectory.NewKey(), DateTimeOffset.FromUnixTimeSeconds(Expiry), Authenticator.ServicePolicy)));
        Assert.False(At(Expiry).IsService(""));
    }

    private static string Service(string resource) => SasToken.Create(resource, Key, DateTimeOffset.FromUnixTimeSeconds(Expiry), Authenticator.ServicePolicy);

    private ConnectRefusal Check(string token, out long expires, long now = Expiry) => At(now).CheckDevice(Id, $"{Host}/{Id}/?api-version=2021-04-12", token, null, out _, out expires);

    private Authenticator At(long now) => new(new DeviceRegistry(_database), new TrustedAuthorities(_database), new HubNames(new ServeOptions { Data = "", Host = Host }), Key, new FixedTime(now));

    private void Set(string column, string key) => _database.Write(connection => connection.Execute($"UPDATE device SET {column} = $key", ("$key", key)));
}
