using System.Net;
using System.Text;
using EdgeVision.Cloud.Files;

namespace EdgeVision.Cloud.Tests;

public class FileUploadTests(SharedHub shared) : IClassFixture<SharedHub>
{
    [Fact]
    public async Task Upload_ToTheHubItself_ArrivesWholeAndIsTold()
    {
        var hub = await shared.EmptyAsync();
        using var device = Device(hub, "cam-1");
        var (correlation, address) = await StartAsync(device, "evidence/a.jpg");
        using var anybody = hub.Client(null);

        Assert.Equal(HttpStatusCode.Created, (await anybody.PutAsync(address, Bytes("picture"))).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, await EndAsync(device, correlation, isSuccess: true));

        var notice = Assert.Single((await hub.AskAsync("GET", "messages/servicebound/filenotifications")).Body.EnumerateArray());
        Assert.Equal(("cam-1/evidence/a.jpg", 7), (notice.GetProperty("blobName").GetString(), notice.GetProperty("blobSizeInBytes").GetInt32()));
        Assert.Equal("picture", await hub.Rest.GetStringAsync(notice.GetProperty("blobUri").GetString()));
        Assert.Equal(HttpStatusCode.Forbidden, (await anybody.GetAsync(address)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, await EndAsync(device, correlation, isSuccess: true));
    }

    [Fact]
    public async Task Upload_InBlocks_IsPutTogetherInTheOrderOfTheList()
    {
        var hub = await shared.EmptyAsync();
        using var device = Device(hub, "cam-1");
        var (_, address) = await StartAsync(device, "a.bin");
        using var anybody = hub.Client(null);
        await anybody.PutAsync($"{address}&comp=block&blockid=Mg%3D%3D", Bytes("second"));
        await anybody.PutAsync($"{address}&comp=block&blockid=MQ%3D%3D", Bytes("first,"));

        Assert.Contains("<Name>MQ==</Name><Size>6</Size>", await anybody.GetStringAsync($"{address}&comp=blocklist"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await anybody.PutAsync($"{address}&comp=blocklist", Bytes("<BlockList><Latest>Mw==</Latest></BlockList>"))).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await anybody.PutAsync($"{address}&comp=blocklist", Bytes("<BlockList><Latest>MQ==</Latest><Latest>Mg==</Latest></BlockList>"))).StatusCode);
        // the answer may have been lost on its way, so the list comes again
        Assert.Equal(HttpStatusCode.Created, (await anybody.PutAsync($"{address}&comp=blocklist", Bytes("<BlockList><Latest>MQ==</Latest><Latest>Mg==</Latest></BlockList>"))).StatusCode);

        Assert.Equal("first,second", File.ReadAllText(Path.Combine(hub.Data, "files", "cam-1", "a.bin")));
    }

    [Fact]
    public async Task Permission_IsForOneBlobAndOneHour()
    {
        var hub = await shared.EmptyAsync();
        using var device = Device(hub, "cam-1");
        var (_, address) = await StartAsync(device, "a.bin");
        using var anybody = hub.Client(null);

        Assert.Equal(HttpStatusCode.Forbidden, (await anybody.PutAsync(address.Replace("a.bin", "b.bin", StringComparison.Ordinal), Bytes("x"))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await anybody.PutAsync(address.Replace("cam-1", "cam-2", StringComparison.Ordinal), Bytes("x"))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await anybody.PutAsync(address.Split('?')[0], Bytes("x"))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await anybody.PutAsync(address.Replace("se=2", "se=3", StringComparison.Ordinal), Bytes("x"))).StatusCode);
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("a//b")]
    [InlineData("/etc/passwd")]
    [InlineData("a/../../x")]
    [InlineData("")]
    public async Task Start_NameThatLeavesItsPlace_IsRefused(string name)
    {
        var hub = await shared.EmptyAsync();
        using var device = Device(hub, "cam-1");

        Assert.False(FileDesk.IsValidName(name));
        Assert.Equal(HttpStatusCode.BadRequest, (await device.PostAsync("devices/cam-1/files", Bytes($$"""{"blobName":"{{name}}"}"""))).StatusCode);
    }

    [Fact]
    public async Task Start_EleventhOnItsWay_IsRefusedUntilOneEnds()
    {
        var hub = await shared.EmptyAsync();
        using var device = Device(hub, "cam-1");
        var (correlation, _) = await StartAsync(device, "0");
        for (var i = 1; i < 10; i++)
        {
            await StartAsync(device, $"{i}");
        }

        using var refused = await device.PostAsync("devices/cam-1/files", Bytes("""{"blobName":"10"}"""));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("403006", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, await EndAsync(device, correlation, isSuccess: false));
        await StartAsync(device, "10");
        Assert.Equal(204, (await hub.AskAsync("GET", "messages/servicebound/filenotifications")).Status);
    }

    [Fact]
    public async Task Start_AsAnotherDeviceOrNobody_IsUnauthorized()
    {
        var hub = await shared.EmptyAsync();
        hub.Add("cam-2");
        using var device = Device(hub, "cam-1");
        using var nobody = hub.Client(null);

        Assert.Equal(HttpStatusCode.Unauthorized, (await device.PostAsync("devices/cam-2/files", Bytes("{}"))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.PostAsync("devices/cam-1/files", Bytes("{}"))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await device.GetAsync("devices/cam-1")).StatusCode);
    }

    private static HttpClient Device(TestHub hub, string id) => hub.Client(hub.Token(hub.Add(id)));

    private static async Task<(string Correlation, string Address)> StartAsync(HttpClient device, string name)
    {
        using var answer = await device.PostAsync("devices/cam-1/files?api-version=2021-04-12", Bytes($$"""{"blobName":"{{name}}"}"""));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var json = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        string Text(string key) => json.GetProperty(key).GetString()!;
        return (Text("correlationId"), $"https://{Text("hostName")}/{Text("containerName")}/{Text("blobName")}{Text("sasToken")}");
    }

    private static async Task<HttpStatusCode> EndAsync(HttpClient device, string correlation, bool isSuccess) =>
        (await device.PostAsync("devices/cam-1/files/notifications", Bytes($$"""{"correlationId":"{{correlation}}","isSuccess":{{(isSuccess ? "true" : "false")}},"statusCode":200,"statusDescription":""}"""))).StatusCode;

    private static ByteArrayContent Bytes(string text) => new(Encoding.UTF8.GetBytes(text));
}
