using System.Data.Common;

namespace EdgeVision.Cloud.Rest;

/// <summary>Says 503 when the database is away, so that a caller knows to come again.</summary>
internal sealed partial class DatabaseGuard(RequestDelegate next, ILogger<DatabaseGuard> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (DbException exception) when (!context.Response.HasStarted)
        {
            Log.Away(logger, context.Request.Method, context.Request.Path, exception.Message);
            context.Response.Headers.RetryAfter = "2";
            await context.WriteAsync(RestAnswer.Error(StatusCodes.Status503ServiceUnavailable, 503001, "The hub's database does not answer: try again."));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(8212, LogLevel.Error, "{Method} {Path} failed: {Reason}")]
        public static partial void Away(ILogger logger, string method, string path, string reason);
    }
}
