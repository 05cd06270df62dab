using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVision.Hub.Tests;

/// <summary>What the client does beside telemetry and twin, against the published hub: certificates, provisioning, messages from the cloud, files.</summary>
public sealed class SiteHubTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private readonly TemporaryDirectory _folder = new();
    private readonly SiteHub _hub;

    public SiteHubTests() => _hub = new SiteHub(_folder.File("hub"));

    public void Dispose()
    {
        _hub.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(HubTransport.Mqtt, false)]
    [InlineData(HubTransport.WebSocket, false)]
    [InlineData(HubTransport.Mqtt, true)]
    public async Task Run_Certificate_IsTakenByThumbprintOrAuthorityAndSendsFilesToo(HubTransport transport, bool byAuthority)
    {
        using var authority = new TestAuthority(_folder.Path);
        var (certificateFile, keyFile) = authority.Device("cam-x");
        if (byAuthority)
        {
            _hub.Command("ca", "add", authority.CaFile);
        }

        using var certificate = X509CertificateLoader.LoadCertificateFromFile(certificateFile);
        var (connectionString, caFile) = byAuthority ? _hub.Enrol("cam-x", "--x509-ca") : _hub.Enrol("cam-x", "--x509-thumbprint", certificate.GetCertHashString(HashAlgorithmName.SHA256));
        var options = new HubOptions { ConnectionString = Parse(connectionString), CaFile = caFile, CertificateFile = certificateFile, KeyFile = keyFile, Transport = transport };
        using var client = new RunningClient(options);

        client.Client.Send(Message());
        client.Wait(status => status.Sent == 1);
        Assert.Equal(29, client.Status.CertificateDaysLeft);
        var uploaded = await client.Client.UploadAsync("x.bin", "content"u8.ToArray(), CancellationToken.None);
        Assert.True(uploaded.Succeeded, uploaded.Detail);
    }

    [Fact]
    public void Run_GroupEnrollment_FindsItsHubAndKeepsItOverARestart()
    {
        _hub.Command("enrollment", "add", "factory", "--group");
        var key = _hub.Command("enrollment", "key", "factory", "cam-g").RootElement.GetProperty("key").GetString()!;
        var provisioning = new ProvisioningOptions
        {
            IdScope = _hub.IdScope, RegistrationId = "cam-g", Key = key, StateDirectory = _folder.Path, Endpoint = HubEndpoint.TryParse($"localhost:{_hub.MqttPort}", _hub.HttpsPort)!,
        };
        var options = new HubOptions { Provisioning = provisioning, CaFile = Path.Combine(_folder.File("hub"), "ca", "ca.pem"), Transport = HubTransport.Mqtt };
        using (var client = new RunningClient(options))
        {
            client.Client.Send(Message());
            client.Wait(status => status.Sent == 1);
        }

        // the service would not know this scope any more, and is not asked
        new AssignmentFile(provisioning with { IdScope = "0neOTHER" }).Write(new AssignmentFile(provisioning).Read()!);
        using var again = new RunningClient(options with { Provisioning = provisioning with { IdScope = "0neOTHER" } });
        again.Client.Send(Message());
        again.Wait(status => status.Sent == 1);
        Assert.Equal(2, _hub.Telemetry("cam-g").Count);
    }

    [Fact]
    public void OnCloudMessage_SentByTheHub_IsSeenAndItsSenderHearsOfIt()
    {
        var (connectionString, caFile) = _hub.Enrol("cam-1");
        var seen = new List<string>();
        Task See(CloudMessage message)
        {
            lock (seen)
            {
                seen.Add($"{message.Id} {Encoding.UTF8.GetString(message.Body)} {message.Properties["colour"]} {message.ExpiresUtc is not null}");
            }

            return Task.CompletedTask;
        }

        using var client = new RunningClient(new HubOptions { ConnectionString = Parse(connectionString), CaFile = caFile }, client => client.OnCloudMessage = (message, _) => See(message));
        client.Wait(status => status.State == HubState.Connected);

        _hub.Command("send", "cam-1", "hello", "--message-id", "m1", "--ack", "positive", "--property", "colour=red");

        Eventually.True(
            () =>
            {
                lock (seen)
                {
                    return seen.SequenceEqual(["m1 hello red True"]);
                }
            },
            Soon, () => string.Join('\n', seen));
        Eventually.True(() => _hub.Command("feedback").RootElement.GetRawText().Contains("Success", StringComparison.Ordinal), Soon);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(0)]
    [InlineData(3 * (512 << 10) + 17)]
    public async Task UploadAsync_FileOfAnySize_IsInTheStoreAndTheServiceHearsOfIt(int bytes)
    {
        var (connectionString, caFile) = _hub.Enrol("cam-1");
        using var client = new HubClient(new HubOptions { ConnectionString = Parse(connectionString), CaFile = caFile }, TimeProvider.System, NullLogger<HubClient>.Instance);
        var content = RandomNumberGenerator.GetBytes(bytes);

        var result = await client.UploadAsync("2030/a b+ü.bin", content, CancellationToken.None);

        Assert.Equal(new UploadResult(UploadFailure.None, "cam-1/2030/a b+ü.bin", ""), result);
        Assert.Contains("cam-1/2030/a b", _hub.Command("files").RootElement[0].GetProperty("blobName").GetString(), StringComparison.Ordinal);
        Assert.Equal(content, Stored(bytes));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(2 * (512 << 10) + 1)]
    public async Task UploadAsync_StorageAccountBesideTheHub_TakesIt(int bytes)
    {
        Azurite.Require();
        var port = Azurite.FreePort();
        using var hub = new SiteHub(_folder.File("hub with account"), "--blob-storage", Azurite.ConnectionString("127.0.0.1", port));
        using var store = new Azurite("127.0.0.1", port, _folder.File("hub with account"));
        var (connectionString, caFile) = hub.Enrol("cam-1");
        using var client = new HubClient(new HubOptions { ConnectionString = Parse(connectionString), CaFile = caFile }, TimeProvider.System, NullLogger<HubClient>.Instance);

        var result = await client.UploadAsync("a/b c.bin", RandomNumberGenerator.GetBytes(bytes), CancellationToken.None);

        Assert.True(result.Succeeded, result.Detail + store.Output);
        Assert.InRange(store.StoredBytes, bytes, bytes + 100);
    }

    [Fact]
    public async Task UploadAsync_CutInTheMiddleAndBegunAgain_SendsOnlyWhatIsMissing()
    {
        using var gate = new TcpGate(_hub.HttpsPort);
        var (connectionString, caFile) = _hub.Enrol("cam-1");
        var text = (await File.ReadAllTextAsync(connectionString)).Replace($"HttpsPort={_hub.HttpsPort}", $"HttpsPort={gate.Port}", StringComparison.Ordinal);
        var options = new HubOptions { ConnectionString = HubConnectionString.Parse(text), CaFile = caFile };
        var content = RandomNumberGenerator.GetBytes(4 << 20);
        using var stopped = new CancellationTokenSource();

        var first = UploadAsync(options, gate, content, stopped.Token);
        Eventually.True(() => gate.Sent > 2 << 20, Soon);
        await stopped.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        var before = gate.Sent;

        var result = await UploadAsync(options, gate, content, CancellationToken.None);

        Assert.True(result.Succeeded, result.Detail);
        Assert.Equal(content, Stored(content.Length));
        Assert.True(gate.Sent - before < 3 << 20, $"{gate.Sent - before} bytes were sent for the rest of {content.Length}, of which {before} had gone");
    }

    [Fact]
    public async Task UploadAsync_ConnectionsCutOverAndOver_GoesOnWithTheBlockThatWasCut()
    {
        using var gate = new TcpGate(_hub.HttpsPort);
        var (connectionString, caFile) = _hub.Enrol("cam-1");
        var text = (await File.ReadAllTextAsync(connectionString)).Replace($"HttpsPort={_hub.HttpsPort}", $"HttpsPort={gate.Port}", StringComparison.Ordinal);
        var content = RandomNumberGenerator.GetBytes(3 << 20);

        var upload = UploadAsync(new HubOptions { ConnectionString = HubConnectionString.Parse(text), CaFile = caFile }, gate, content, CancellationToken.None);
        foreach (var megabyte in new[] { 1, 2 })
        {
            Eventually.True(() => gate.Sent > megabyte << 20, Soon);
            gate.Cut();
        }

        var result = await upload;
        Assert.True(result.Succeeded, result.Detail);
        Assert.Equal(content, Stored(content.Length));
        Assert.True(gate.Sent < 5 << 20, $"{gate.Sent} bytes");
    }

    [Theory]
    [InlineData("", UploadFailure.Name, "is no name")]
    [InlineData("a/../b", UploadFailure.Refused, "400")]
    public async Task UploadAsync_NameThatCannotBe_IsAValue(string name, UploadFailure expected, string said)
    {
        var (connectionString, caFile) = _hub.Enrol("cam-1");
        using var client = new HubClient(new HubOptions { ConnectionString = Parse(connectionString), CaFile = caFile }, TimeProvider.System, NullLogger<HubClient>.Instance);

        var result = await client.UploadAsync(name, new byte[1], CancellationToken.None);

        Assert.Equal(expected, result.Failure);
        Assert.Contains(said, result.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UploadAsync_DeviceDisabled_SaysSo()
    {
        var (connectionString, caFile) = _hub.Enrol("cam-1");
        _hub.Command("device", "disable", "cam-1", "--json");
        using var client = new HubClient(new HubOptions { ConnectionString = Parse(connectionString), CaFile = caFile }, TimeProvider.System, NullLogger<HubClient>.Instance);

        var result = await client.UploadAsync("x", new byte[1], CancellationToken.None);

        Assert.Equal(UploadFailure.Unauthorized, result.Failure);
        Assert.Contains("refused this device", result.Detail, StringComparison.Ordinal);
    }

    /// <summary>The hub keeps the file itself, and says so with the port of the gate.</summary>
    private async Task<UploadResult> UploadAsync(HubOptions options, TcpGate gate, byte[] content, CancellationToken cancellationToken)
    {
        var access = new HubAccess(options, TimeProvider.System);
        var hub = options.ConnectionString!;
        using var http = new HubHttp(new ThroughGate(access.HttpHandler(hub.Endpoint, null), _hub.HttpsPort, gate.Port), TimeProvider.System);
        using var stream = new MemoryStream(content);
        return await new FileUpload(http, hub, TimeProvider.System, NullLogger.Instance) { BlockBytes = 256 << 10 }.RunAsync("big.bin", stream, cancellationToken);
    }

    private byte[] Stored(int length) =>
        File.ReadAllBytes(Assert.Single(Directory.GetFiles(Path.Combine(_folder.File("hub"), "files"), "*", SearchOption.AllDirectories), file => new FileInfo(file).Length == length));

    private static HubConnectionString Parse(string file) => HubConnectionString.Parse(File.ReadAllText(file));

    private static TelemetryMessage Message() => new(Guid.NewGuid().ToString(), "test", TelemetryPriority.Event, DateTimeOffset.UnixEpoch, "{}"u8.ToArray());
}
