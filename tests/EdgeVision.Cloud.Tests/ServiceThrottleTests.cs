using System.Net;
using System.Text;
using System.Text.Json;
using EdgeVision.Cloud.Limits;
using EdgeVision.Hub;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVision.Cloud.Tests;

/// <summary>What a tier allows services, and devices that send files: on a clock that moves when it is told to, so that a refusal says exactly when to come again.</summary>
public sealed class ServiceThrottleTests
{
    private static readonly TierLimits Wide = new(1000, 1000, 1000, 1000, 1000, 1e9, 1000, 1000, 1000, 1_000_000, 4096);

    [Theory]
    [InlineData("S1", 1, 1.67, 20, 1.67)]
    [InlineData("S2", 3, 5.01, 60, 5.01)]
    [InlineData("S3", 1, 83.33, 1000, 83.33)]
    public void TierLimits_OfTheServiceSide_AreThoseOfTheTable(string tier, int units, double identities, double queriesPerMinute, double uploads)
    {
        var limits = TierLimits.Of(tier, units)!;

        Assert.Equal((identities, queriesPerMinute, uploads), (Math.Round(limits.IdentityOperations, 2), Math.Round(limits.Queries * 60, 2), Math.Round(limits.FileUploads, 2)));
    }

    [Theory]
    [InlineData(1, "GET", "devices/cam-1", null)]
    [InlineData(1, "GET", "devices", null)]
    [InlineData(1, "PUT", "devices/cam-2", "{}")]
    [InlineData(1, "DELETE", "devices/cam-2", null)]
    [InlineData(1, "POST", "devices/cam-1/keys", null)]
    [InlineData(1, "GET", "devices/cam-1/modules", null)]
    [InlineData(1, "PUT", "devices/cam-1/modules/vision", "{}")]
    [InlineData(3, "POST", "devices/query", """{"query":"SELECT * FROM devices"}""")] // a minute's worth at once
    public async Task ServiceSide_MoreThanTheTier_Answers429AsAzureWordsItUntilTheTimeItNamed(int allowed, string method, string path, string? body)
    {
        var time = new ManualTime(TimeProvider.System.GetUtcNow());
        await using var hub = await StartAsync(Wide with { IdentityOperations = 0.05, Queries = 0.05 }, time);
        hub.Add("cam-1");
        for (var i = 0; i < allowed; i++)
        {
            Assert.NotEqual(HttpStatusCode.TooManyRequests, (await SendAsync(hub, method, path, body)).StatusCode);
        }

        using var refused = await SendAsync(hub, method, path, body);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(20), refused.Headers.RetryAfter!.Delta); // one in 20 s
        var error = JsonDocument.Parse(await refused.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(429001, error.GetProperty("errorCode").GetInt32());
        Assert.StartsWith("ErrorCode:ThrottlingException;", error.GetProperty("Message").GetString(), StringComparison.Ordinal);
        time.Advance(20);
        Assert.NotEqual(HttpStatusCode.TooManyRequests, (await SendAsync(hub, method, path, body)).StatusCode);
    }

    [Fact]
    public async Task ServiceSide_WithoutATier_IsAsFastAsItCan()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Add("cam-1");

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(async i => i % 2 == 0
            ? (await hub.AskAsync("GET", "devices/cam-1")).Status
            : (await hub.AskAsync("POST", "devices/query", """{"query":"SELECT * FROM devices"}""")).Status));

        Assert.All(answers, status => Assert.Equal(200, status));
    }

    [Fact]
    public async Task FileUploads_MoreThanTheTier_AreMadeLaterByTheDeviceItself()
    {
        var time = new ManualTime(TimeProvider.System.GetUtcNow());
        await using var hub = await StartAsync(Wide with { FileUploads = 0.05 }, time);
        using var client = Client(hub, "cam-1", time);
        using var stranger = hub.Client(null);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.PostAsync("devices/cam-1/files", content: null)).StatusCode); // costs the devices nothing

        Assert.True((await client.UploadAsync("first", "1"u8.ToArray(), CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10))).Succeeded);
        var second = client.UploadAsync("second", "2"u8.ToArray(), CancellationToken.None);
        var seconds = 0;
        Eventually.True(() => second.IsCompleted || Advance(time, ref seconds) < 0, TimeSpan.FromSeconds(20), () => $"{seconds} s");

        Assert.True((await second).Succeeded, (await second).Detail);
        Assert.InRange(seconds, 20, 40); // one in 20 s
        Assert.Equal("2", File.ReadAllText(Path.Combine(hub.Data, "files", "cam-1", "second")));
    }

    private static int Advance(ManualTime time, ref int seconds)
    {
        time.Advance(1);
        return ++seconds;
    }

    /// <summary>The device's own code, on the hub's clock.</summary>
    private static HubClient Client(TestHub hub, string id, TimeProvider time) => new(
        new HubOptions
        {
            ConnectionString = HubConnectionString.Parse($"HostName={hub.Address.HostName};DeviceId={id};SharedAccessKey={hub.Add(id).PrimaryKey};HttpsPort={hub.Address.HttpsPort}"),
            CaFile = hub.Directory.CaFile,
        },
        time,
        NullLogger<HubClient>.Instance);

    private static Task<HttpResponseMessage> SendAsync(TestHub hub, string method, string path, string? body) =>
        hub.Rest.SendAsync(new HttpRequestMessage(new HttpMethod(method), path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") });

    private static Task<TestHub> StartAsync(TierLimits tier, TimeProvider time) => TestHub.StartAsync(options => options with { Tier = tier }, time: time);
}
