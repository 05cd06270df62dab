using System.Text.Json.Nodes;
using EdgeVision.Hub;

namespace EdgeVision.Agent;

/// <summary><c>snapshot {camera, quality, maxWidth, annotated}</c>: the next frame of a camera as JPEG, uploaded to the hub's storage; masked areas are black in it.</summary>
/// <param name="upload">Name and content of a file to the cloud; null where the link has no way for files.</param>
internal sealed class SnapshotMethod(LivePicture picture, LiveConfiguration configuration, Func<string, ReadOnlyMemory<byte>, CancellationToken, Task<UploadResult>>? upload)
{
    private const int LeastWidth = 16, MostWidth = Imaging.ImageLayout.MaxSide;

    public DeviceMethod Method => new("snapshot", ["camera", "quality", "maxWidth", "annotated"], RunAsync);

    private async Task<MethodResult> RunAsync(MethodArguments arguments, CancellationToken cancellationToken)
    {
        var wish = new PictureWish(
            arguments.Value("camera")?.Name(), arguments.Value("quality")?.Whole(1, 100) ?? 85, arguments.Value("maxWidth")?.Whole(LeastWidth, MostWidth) ?? MostWidth, arguments.Value("annotated")?.Flag() ?? false);
        var cameras = configuration.Current.Cameras.Where(camera => camera.Enabled).Select(camera => camera.Id).ToList();
        if (wish.Camera is { } camera && !cameras.Contains(camera))
        {
            return MethodResult.Error(404, $"there is no camera '{camera}'{(cameras.Count > 0 ? "; " + Suggestion.For(camera, cameras) : "")}");
        }

        if (upload is null)
        {
            return MethodResult.Error(501, "no file upload on this link");
        }

        return await picture.NextAsync(wish, cancellationToken).ConfigureAwait(false) is { } taken
            ? await UploadAsync(taken, upload, cancellationToken).ConfigureAwait(false)
            : MethodResult.Error(503, $"no picture of {wish.Camera ?? "any camera"} within five seconds: method status says why");
    }

    private static async Task<MethodResult> UploadAsync(Picture picture, Func<string, ReadOnlyMemory<byte>, CancellationToken, Task<UploadResult>> upload, CancellationToken cancellationToken)
    {
        var result = await upload($"{picture.Camera}/{picture.Time.UtcDateTime:yyyyMMdd'T'HHmmss.fff'Z'}.jpg", picture.Jpeg, cancellationToken).ConfigureAwait(false);
        return !result.Succeeded ? MethodResult.Error(502, result.Detail) : new MethodResult(200, new JsonObject
        {
            ["blobName"] = result.BlobName, ["camera"] = picture.Camera, ["width"] = picture.Width, ["height"] = picture.Height, ["time"] = picture.Time.ToString("o"), ["bytes"] = picture.Jpeg.Length,
        });
    }
}
