using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeVision.Cloud.Files;
using EdgeVision.Cloud.Limits;

namespace EdgeVision.Cloud.Rest;

/// <summary>File upload, for devices: <c>POST /devices/{id}/files</c> before, <c>POST /devices/{id}/files/notifications</c> after. They prove themselves with their own token or certificate.</summary>
internal sealed class FileRoutes(FileDesk desk, Authenticator authenticator, Throttle throttle)
{
    /// <summary>Whether a path is for devices, and not for the service.</summary>
    public static bool IsPath(PathString path) => path.Value?.Split('/') is ["", "devices", _, "files", ..];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.Map("POST", "/devices/{id}/files", context => OnlyForDeviceAsync(context, throttle.Limited(ThrottledOperation.FileUpload, StartAsync)));
        routes.Map("POST", "/devices/{id}/files/notifications", context => OnlyForDeviceAsync(context, EndAsync));
        routes.Map("POST", "/devices/{id}/files/notifications/{correlation}", context => OnlyForDeviceAsync(context, EndAsync)); // as the older SDKs ask
    }

    private async Task<RestAnswer> OnlyForDeviceAsync(HttpContext context, Func<HttpContext, Task<RestAnswer>> handler) =>
        authenticator.IsDevice(context.Id(), context.Request.Headers.Authorization.ToString(), await context.Connection.GetClientCertificateAsync())
            ? await handler(context)
            : RestAnswer.Error(StatusCodes.Status401Unauthorized, 401002, "Send the device's own token in Authorization, or show its certificate.");

    private async Task<RestAnswer> StartAsync(HttpContext context)
    {
        var body = JsonText.TryParseObject(await context.ReadBodyAsync());
        if (body?["blobName"] is not JsonValue value || value.GetValueKind() != JsonValueKind.String || !FileDesk.IsValidName(value.GetValue<string>()))
        {
            return RestAnswer.Bad("""The body is {"blobName":"..."}: a path without '..', '\' and empty parts, up to 895 letters.""");
        }

        return await desk.StartAsync(context.Id(), value.GetValue<string>()) is { } answer
            ? new RestAnswer(200, answer)
            : RestAnswer.Error(StatusCodes.Status403Forbidden, 403006, $"{UploadStore.MaxAtOnce} files of '{context.Id()}' are on their way already: end them with a notification, or wait an hour.");
    }

    private async Task<RestAnswer> EndAsync(HttpContext context)
    {
        var body = JsonText.TryParseObject(await context.ReadBodyAsync());
        var correlation = context.Request.RouteValues["correlation"] as string ?? Text(body?["correlationId"]);
        if (correlation is null || body?["isSuccess"]?.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False))
        {
            return RestAnswer.Bad("""The body is {"correlationId","isSuccess","statusCode","statusDescription"}.""");
        }

        return desk.End(context.Id(), correlation, body["isSuccess"]!.GetValue<bool>())
            ? new RestAnswer(StatusCodes.Status204NoContent, null)
            : RestAnswer.Error(StatusCodes.Status404NotFound, 404200, "No such file is on its way.");
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
