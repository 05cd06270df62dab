using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace EdgeVision.Agent;

/// <summary>The page, the metrics and the health of this device over HTTP; on loopback unless told otherwise.</summary>
/// <remarks>
/// With a token every request except /healthz must carry it. Without one only names that are this machine itself are answered, because a web site that lets its own name
/// point at 127.0.0.1 could read the page through a browser on this machine (DNS rebinding).
/// </remarks>
internal sealed class LocalServer(HttpOptions options, DeviceView view, LivePicture picture, Heartbeat heartbeat) : IAsyncDisposable
{
    /// <summary>A loop that has not come round for so long hangs.</summary>
    private static readonly TimeSpan Alive = TimeSpan.FromSeconds(10);
    private readonly byte[]? _token = options.TokenFile is null ? null : TokenOf(options.TokenFile);
    private WebApplication? _server;

    /// <exception cref="IOException">The port is taken; the message says what to do.</exception>
    public async Task StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Listen(IPAddress.Parse(options.Listen), options.Port);
        });
        _server = builder.Build();
        _server.Run(AnswerAsync);
        try
        {
            await _server.StartAsync().ConfigureAwait(false);
        }
        catch (IOException exception)
        {
            throw new IOException($"The live page cannot listen: {exception.Message.TrimEnd('.')}. Choose another http.port (another daemon may run already), or switch it off with http.enabled = false.", exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
            await _server.StopAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await _server.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static byte[] TokenOf(string file)
    {
        var word = File.ReadAllText(file).Trim();
        return word.Length > 0 ? Encoding.UTF8.GetBytes("Bearer " + word) : throw new IOException($"{file} is empty: write the word into it that requests must carry.");
    }

    private Task AnswerAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        if (request.Path == "/healthz")
        {
            return HealthAsync(response);
        }

        if (!IsAllowed(request))
        {
            response.StatusCode = _token is null ? StatusCodes.Status403Forbidden : StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        }

        response.Headers.CacheControl = "no-store";
        return request.Path.Value switch
        {
            "/" => TextAsync(response, "text/html; charset=utf-8", LivePage.Html),
            "/status.json" => TextAsync(response, "application/json", JsonSerializer.Serialize(view.Now(), MessageJson.Default.DeviceStatus)),
            "/metrics" => TextAsync(response, "text/plain; version=0.0.4; charset=utf-8", MetricsPage.Write(view.Now())),
            "/latest.jpg" => PictureAsync(context),
            _ => NotFoundAsync(response),
        };
    }

    private bool IsAllowed(HttpRequest request) => _token is null
        ? request.Host.Host is "localhost" || IPAddress.TryParse(request.Host.Host.Trim('[', ']'), out _)
        : CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(request.Headers.Authorization.ToString()), _token);

    private Task HealthAsync(HttpResponse response)
    {
        var alive = heartbeat.Age < Alive;
        response.StatusCode = alive ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return TextAsync(response, "text/plain", alive ? "ok\n" : "the vision loop hangs\n");
    }

    private async Task PictureAsync(HttpContext context)
    {
        var next = await picture.NextAsync(new PictureWish(context.Request.Query["camera"].FirstOrDefault()), context.RequestAborted).ConfigureAwait(false);
        if (next is null)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        context.Response.ContentType = "image/jpeg";
        await context.Response.Body.WriteAsync(next.Jpeg, context.RequestAborted).ConfigureAwait(false);
    }

    private static Task NotFoundAsync(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status404NotFound;
        return TextAsync(response, "text/plain", "there are /, /status.json, /metrics, /latest.jpg?camera=ID and /healthz\n");
    }

    private static Task TextAsync(HttpResponse response, string type, string text)
    {
        response.ContentType = type;
        return response.WriteAsync(text);
    }
}
