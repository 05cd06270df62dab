namespace EdgeVision.Cloud.Rest;

/// <summary>Lets nobody in without the service's token, except to what is open: everything else, known or not, answers 401.</summary>
internal sealed class ServiceGuard(RequestDelegate next, Authenticator authenticator)
{
    public const string Health = "/healthz";

    public Task InvokeAsync(HttpContext context) => IsOpen(context.Request.Path) || authenticator.IsService(context.Request.Headers.Authorization.ToString())
        ? next(context)
        : context.WriteAsync(RestAnswer.Error(StatusCodes.Status401Unauthorized, 401002, "Send Authorization: SharedAccessSignature sr=HOST&sig=...&se=...&skn=iothubowner, signed with the service key."));

    // A WebSocket of a device proves itself in its CONNECT. Objects need no token, because a device has none for HTTPS and integrity comes from the digest that the twin names; what is secret is not published.
    private static bool IsOpen(PathString path) => path == Health || DeviceWebSocket.IsPath(path) || path.StartsWithSegments("/" + Models.ModelRepository.ObjectsPath);
}
