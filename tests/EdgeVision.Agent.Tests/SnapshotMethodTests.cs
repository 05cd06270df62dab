using System.Text.Json;
using EdgeVision.Hub;
using EdgeVision.Imaging;
using EdgeVision.Inference;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVision.Agent.Tests;

public sealed class SnapshotMethodTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly LivePicture _picture = new();
    private readonly CancellationTokenSource _enough = new();
    private readonly Dictionary<string, byte[]> _blobs = [];
    private readonly Task _camera;

    public SnapshotMethodTests() => _camera = Task.Run(Film);

    public void Dispose()
    {
        _enough.Cancel();
        _camera.Wait();
        _enough.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Call_SmallPictureWanted_UploadsItAndAnswersAsTheModelSays()
    {
        var result = await CallAsync("""{"camera": "north", "quality": 70, "maxWidth": 100, "annotated": true}""");

        Assert.True(result.Status == 200, result.Payload?.ToJsonString());
        var answer = JsonDocument.Parse(result.Payload!.ToJsonString()).RootElement;
        Assert.Empty(new DeviceModel().Command("snapshot", "response", answer));
        var (name, jpeg) = Assert.Single(_blobs);
        Assert.Equal("north/20261124T120000.250Z.jpg", name);
        Assert.Equal((100, 75, jpeg.Length), (answer.GetProperty("width").GetInt32(), answer.GetProperty("height").GetInt32(), answer.GetProperty("bytes").GetInt32()));
        using var picture = ImageCodec.Decode(jpeg, name);
        Assert.Equal((100, 75), (picture.Width, picture.Height));
    }

    [Theory]
    [InlineData("""{"camera": "norht"}""", 404, "there is no camera 'norht'; did you mean north?")]
    [InlineData("""{"quality": 0}""", 400, "snapshot.quality wants a whole number from 1 to 100, not 0")]
    [InlineData("""{"maxWidth": 1000000}""", 400, "snapshot.maxWidth wants a whole number from 16 to 16384")]
    [InlineData("""{"anotated": true}""", 400, "snapshot has no argument 'anotated'; did you mean annotated?")]
    public async Task Call_WrongArgument_IsRefusedAndNothingUploaded(string payload, int status, string expected)
    {
        var result = await CallAsync(payload);

        Assert.Equal((status, expected), (result.Status, result.Payload!["error"]!.GetValue<string>()[..expected.Length]));
        Assert.Empty(_blobs);
    }

    [Fact]
    public async Task Call_StorageRefuses_SaysWhatToDo()
    {
        var result = await CallAsync("{}", (_, _, _) => Task.FromResult(new UploadResult(UploadFailure.NotReady, "", "the hub has no storage account: give it one")));

        Assert.Equal((502, "the hub has no storage account: give it one"), (result.Status, result.Payload!["error"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Call_LinkWithoutFiles_Is501() => Assert.Equal(501, (await CallAsync("{}", noUpload: true)).Status);

    private Task<MethodResult> CallAsync(string payload, Func<string, ReadOnlyMemory<byte>, CancellationToken, Task<UploadResult>>? upload = null, bool noUpload = false)
    {
        var file = ConfigurationReader.Parse("[model]\ndirectory = \"m\"\n[[camera]]\nid = \"north\"\nsource = \"x.mp4\"\n", "e.toml");
        var configuration = new LiveConfiguration("e.toml", file, new OverlayStore(_folder.Path), NullLogger<LiveConfiguration>.Instance);
        var methods = new DeviceMethods([new SnapshotMethod(_picture, configuration, noUpload ? null : upload ?? Store).Method], TimeProvider.System);
        return methods.CallAsync("snapshot", System.Text.Encoding.UTF8.GetBytes(payload), TestContext.Current.CancellationToken);
    }

    private Task<UploadResult> Store(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        _blobs[name] = content.ToArray();
        return Task.FromResult(new UploadResult(UploadFailure.None, name, ""));
    }

    private void Film()
    {
        using var model = new FakeModel("fake");
        using var frame = new FramePool("north", new ImageLayout(PixelFormat.Nv12, 400, 300), capacity: 1).TryRent()!;
        frame.Pixels.Fill(128);
        frame.Stamp = new FrameStamp(0, TimeSpan.Zero, 0, new DateTimeOffset(2026, 11, 24, 12, 0, 0, 250, TimeSpan.Zero));
        var result = new VisionResult();
        model.Infer(frame, result);
        while (!_enough.Token.WaitHandle.WaitOne(10))
        {
            _picture.Offer(frame, model, result);
        }
    }
}
