using System.Globalization;
using System.Text;
using EdgeVision.Cloud.Limits;
using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Rest;

/// <summary>Maps handlers that answer with a value, and reads and writes JSON for them.</summary>
internal static class RestRoutes
{
    private static readonly object CallerKey = new();

    /// <param name="routes">Where.</param>
    /// <param name="method">HTTP's.</param>
    /// <param name="pattern">The path.</param>
    /// <param name="handler">What answers.</param>
    /// <param name="role">Who may; null for readers to GET and writers to do the rest.</param>
    public static void Map(this IEndpointRouteBuilder routes, string method, string pattern, Func<HttpContext, Task<RestAnswer>> handler, ServiceRole? role = null) =>
        routes.MapMethods(pattern, [method], context => AnswerAsync(context, handler)).Needs(role ?? (method == "GET" ? ServiceRole.Read : ServiceRole.Write));

    /// <summary>A handler that answers as often as the tier allows, and 429 above that.</summary>
    public static Func<HttpContext, Task<RestAnswer>> Limited(this Throttle throttle, ThrottledOperation operation, Func<HttpContext, Task<RestAnswer>> handler) =>
        async context => await throttle.WaitAsync(operation) is { } tooMany ? RestAnswer.TooMany(tooMany) : await handler(context);

    /// <summary>Says who may use a route.</summary>
    public static void Needs(this IEndpointConventionBuilder route, ServiceRole role) => route.WithMetadata(new RequiredRole(role));

    public static string Id(this HttpContext context) => (string)context.Request.RouteValues["id"]!;

    /// <summary>The device of the path, or <c>device/module</c> where the path names a module.</summary>
    public static string Identity(this HttpContext context) => context.Request.RouteValues["module"] is string module ? $"{context.Id()}{Device.ModuleMark}{module}" : context.Id();

    public static Caller Caller(this HttpContext context) => (Caller)context.Items[CallerKey]!;

    public static void SetCaller(this HttpContext context, Caller caller) => context.Items[CallerKey] = caller;

    public static string? IfMatch(this HttpContext context) => context.Request.Headers.IfMatch is [var etag, ..] ? etag : null;

    /// <returns>A whole number of the query; null when it is none.</returns>
    public static long? Number(this HttpContext context, string name, long absent) =>
        context.Request.Query[name] is not [var text] ? absent : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static async Task WriteAsync(this HttpContext context, RestAnswer answer)
    {
        context.Response.StatusCode = answer.Status;
        if (answer.RetryAfter is { } pause)
        {
            context.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(pause.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        if (answer.Body is not null)
        {
            context.Response.ContentType = "application/json; charset=utf-8";
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(answer.Body.ToJsonString(JsonText.Readable)));
        }
    }

    public static async Task<byte[]> ReadBodyAsync(this HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return body.ToArray();
    }

    private static async Task AnswerAsync(HttpContext context, Func<HttpContext, Task<RestAnswer>> handler) => await context.WriteAsync(await handler(context));
}
