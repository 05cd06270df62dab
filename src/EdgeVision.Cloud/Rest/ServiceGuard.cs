using System.Net;
using EdgeVision.Cloud.Operations;
using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Rest;

/// <summary>Lets nobody in without proof of who he is, except to what is open: everything else, known or not, answers 401; and nobody to what his role does not allow.</summary>
internal sealed partial class ServiceGuard(RequestDelegate next, ServiceAccess access, FailedAttempts failures, HubCounters counters, ILogger<ServiceGuard> logger)
{
    public const string Health = "/healthz";

    public Task InvokeAsync(HttpContext context)
    {
        if (IsOpen(context.Request.Path))
        {
            return next(context);
        }

        if (access.Identify(context) is not { } caller)
        {
            return RefuseAsync(context);
        }

        // A path that nothing answers has no role to ask for: 404 comes by itself.
        if (context.GetEndpoint() is { } endpoint && caller.Role < (endpoint.Metadata.GetMetadata<RequiredRole>()?.Role ?? ServiceRole.Admin))
        {
            Log.Forbidden(logger, caller.Name, context.Request.Method, context.Request.Path);
            return context.WriteAsync(RestAnswer.Error(StatusCodes.Status403Forbidden, 401003, $"The role of {caller.Name} does not allow this."));
        }

        context.SetCaller(caller);
        return next(context);
    }

    // A WebSocket of a device proves itself in its CONNECT; the routes for files ask for the device's own proof. The repository needs no token, because a device has none for HTTPS and integrity comes from signatures and digests; what is secret is not published.
    private static bool IsOpen(PathString path) => path == Health || DeviceWebSocket.IsPath(path) || FileRoutes.IsPath(path) || BlobRoutes.IsPath(path) || path.StartsWithSegments("/" + Models.ModelRepository.ObjectsPath) || RepositoryRoutes.IsPath(path);

    private Task RefuseAsync(HttpContext context)
    {
        counters.ServiceRefusals.Increment();
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        var failed = failures.Count(address);
        if (failed > FailedAttempts.MostPerMinute && context.Request.Headers.Authorization.Count > 0)
        {
            context.Response.Headers.RetryAfter = "60";
            return context.WriteAsync(RestAnswer.Error(StatusCodes.Status429TooManyRequests, 429001, "Too many wrong credentials from this address: wait a minute."));
        }

        if (failed <= FailedAttempts.MostPerMinute)
        {
            Log.Refused(logger, address, context.Request.Method, context.Request.Path, failed == FailedAttempts.MostPerMinute ? "; more in this minute are not logged" : "");
        }

        context.Response.Headers.WWWAuthenticate = "Bearer";
        return context.WriteAsync(RestAnswer.Error(StatusCodes.Status401Unauthorized, 401002,
            "Send Authorization: Bearer evk_... (an API key), or SharedAccessSignature sr=HOST&sig=...&se=...&skn=iothubowner signed with the service key, or a client certificate that is listed."));
    }

    private static partial class Log
    {
        [LoggerMessage(8210, LogLevel.Warning, "{Address}: refused, no valid credentials for {Method} {Path}{More}")]
        public static partial void Refused(ILogger logger, IPAddress address, string method, string path, string more);

        [LoggerMessage(8211, LogLevel.Warning, "{Caller}: refused, the role does not allow {Method} {Path}")]
        public static partial void Forbidden(ILogger logger, string caller, string method, string path);
    }
}
