using System.Text;

namespace EdgeVision.Cloud.Rest;

/// <summary>Maps handlers that answer with a value, and reads and writes JSON for them.</summary>
internal static class RestRoutes
{
    public static void Map(this IEndpointRouteBuilder routes, string method, string pattern, Func<HttpContext, Task<RestAnswer>> handler) =>
        routes.MapMethods(pattern, [method], context => AnswerAsync(context, handler));

    public static string Id(this HttpContext context) => (string)context.Request.RouteValues["id"]!;

    /// <summary>The device of the path, or <c>device/module</c> where the path names a module.</summary>
    public static string Identity(this HttpContext context) => context.Request.RouteValues["module"] is string module ? $"{context.Id()}{Storage.Device.ModuleMark}{module}" : context.Id();

    public static async Task WriteAsync(this HttpContext context, RestAnswer answer)
    {
        context.Response.StatusCode = answer.Status;
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
