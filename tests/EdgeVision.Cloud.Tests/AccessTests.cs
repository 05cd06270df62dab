using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeVision.Cloud.Rest;
using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Tests;

public sealed class AccessTests
{
    /// <summary>What needs no proof: how to see that the hub lives, the WebSocket of devices (they prove themselves in their CONNECT), and the model repository, in which everything is signed or named by its digest.</summary>
    private static readonly string[] Open = ["/healthz", "/objects/sha256/{shard}/{digest}", "/metadata/{**path}", "/targets/{**path}", "/$iothub/websocket", "/$iothub/websocket/negotiate"];

    [Fact]
    public async Task EveryRoute_OfTheHub_AsksForCredentials()
    {
        await using var hub = await TestHub.StartAsync();
        using var stranger = hub.Client(null);
        var probed = 0;
        foreach (var endpoint in hub.Endpoints.Where(endpoint => !Open.Contains(endpoint.RoutePattern.RawText)))
        {
            foreach (var method in endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Routing.HttpMethodMetadata>()!.HttpMethods)
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), endpoint.RoutePattern.RawText!.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal));
                using var response = await stranger.SendAsync(request);
                Assert.True(response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, $"{endpoint.DisplayName}: {response.StatusCode}"); // 403 in Azure's blob protocol
                probed++;
            }
        }

        Assert.True(probed >= 20, $"{probed} routes were found");
    }

    [Theory]
    [InlineData("read", 200, 403, 403)]
    [InlineData("write", 200, 200, 403)]
    [InlineData("admin", 200, 200, 200)]
    public async Task Key_OfARole_MayWhatTheRoleMay(string role, int look, int change, int manage)
    {
        await using var hub = await TestHub.StartAsync();
        var device = hub.Add("cam-1");
        using var client = hub.Client("Bearer " + hub.WithDatabase(database => new ApiKeyStore(database).Add("tool", ServiceRoles.Parse(role)!.Value)));

        Assert.Equal(look, (int)(await client.GetAsync("twins/cam-1")).StatusCode);
        Assert.Equal(look, (int)(await client.GetAsync("metrics")).StatusCode);
        Assert.Equal(look, (int)(await client.PostAsync("devices/query", Json("""{"query":"SELECT * FROM devices"}"""))).StatusCode);
        Assert.Equal(change, (int)(await client.PatchAsync("twins/cam-1", Json("""{"tags":{"a":1}}"""))).StatusCode);
        Assert.Equal(manage, (int)(await client.PutAsync("devices/cam-2", Json("{}"))).StatusCode);
        Assert.Equal(manage, (int)(await client.GetAsync("keys")).StatusCode);
        Assert.Equal(manage, (int)(await client.GetAsync("audit")).StatusCode);
        Assert.Equal(role == "admin", (await client.GetStringAsync("devices/cam-1")).Contains(device.PrimaryKey, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Key_Removed_IsRefusedAtOnceAndNeverLayInTheDatabase()
    {
        await using var hub = await TestHub.StartAsync();
        var (_, added) = await hub.AskAsync("PUT", "keys/tool", """{"role":"read"}""");
        var key = added.GetProperty("key").GetString()!;
        using var client = hub.Client("Bearer " + key);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("devices")).StatusCode);
        Assert.Equal(409, (await hub.AskAsync("PUT", "keys/tool", """{"role":"admin"}""")).Status);
        Assert.DoesNotContain(key, (await hub.AskAsync("GET", "keys")).Body.GetRawText(), StringComparison.Ordinal);

        await hub.AskAsync("DELETE", "keys/tool");

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("devices")).StatusCode);
        foreach (var file in Directory.GetFiles(hub.Data, "hub.db*"))
        {
            using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var text = new StreamReader(open, System.Text.Encoding.Latin1);
            Assert.DoesNotContain(key, await text.ReadToEndAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task WrongCredentials_Flood_IsToldToWaitAndTheRightOnesPass()
    {
        await using var hub = await TestHub.StartAsync();
        using var guesser = hub.Client("Bearer evk_guess");
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i <= FailedAttempts.MostPerMinute; i++)
        {
            answers.Add((await guesser.GetAsync("devices")).StatusCode);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, answers[0]);
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1]);
        Assert.Equal(200, (await hub.AskAsync("GET", "devices")).Status);
    }

    [Fact]
    public async Task Certificate_OfTheServicesAuthority_IsLetInWhenItsNameIsListed()
    {
        using var folder = new TemporaryDirectory();
        using var authority = Authority("service");
        using var others = Authority("others");
        await File.WriteAllTextAsync(folder.File("ca.pem"), authority.ExportCertificatePem());
        await using var hub = await TestHub.StartAsync(with: plain => plain with { ServiceCa = folder.File("ca.pem") });
        hub.WithDatabase(database => new ApiKeyStore(database).AddCertificate("dashboard", ServiceRole.Read));

        Assert.Equal(HttpStatusCode.OK, await AskAsync(hub, Issue(authority, "dashboard"), HttpMethod.Get));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(hub, Issue(authority, "dashboard"), HttpMethod.Put));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(hub, Issue(authority, "stranger"), HttpMethod.Get));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(hub, Issue(others, "dashboard"), HttpMethod.Get));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(hub, Issue(authority, "dashboard", daysOld: 30), HttpMethod.Get));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(hub, null, HttpMethod.Get));
        Assert.Equal(200, (await hub.AskAsync("GET", "devices")).Status); // the service's token still does
    }

    private static async Task<HttpStatusCode> AskAsync(TestHub hub, X509Certificate2? certificate, HttpMethod method)
    {
        using (certificate)
        {
#pragma warning disable CA5359 // the hub's certificate is what other tests look at
            var tls = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true, ClientCertificates = certificate is null ? [] : [certificate] };
#pragma warning restore CA5359
            using var client = new HttpClient(new SocketsHttpHandler { SslOptions = tls });
            using var request = new HttpRequestMessage(method, new Uri($"{hub.Address.RepositoryUrl}devices/cam-1"));
            using var response = await client.SendAsync(request);
            return response.StatusCode == HttpStatusCode.NotFound ? HttpStatusCode.OK : response.StatusCode; // let in, and there is no such device
        }
    }

    private static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        return request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-60), TimeProvider.System.GetUtcNow().AddDays(1));
    }

    private static X509Certificate2 Issue(X509Certificate2 authority, string name, int daysOld = 0)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], critical: false));
        var start = TimeProvider.System.GetUtcNow().AddDays(-daysOld - 1);
        using var bare = request.Create(authority, start, start.AddDays(1.5), RandomNumberGenerator.GetBytes(8));
        using var whole = bare.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null); // TLS needs the key in a form that it can find again
    }

    private static StringContent Json(string text) => new(text, MediaTypeHeaderValue.Parse("application/json"));
}
