using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace EdgeVision.Cloud.Tests;

/// <summary>Somebody else's server that takes telemetry: it checks the signature and answers as it is told to.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly List<JsonElement> _taken = [];
    private readonly WebApplication _app;
    private readonly ListenOptions[] _listening = new ListenOptions[1];

    /// <param name="answer">The status for a body with so many messages, by the count of requests so far.</param>
    public WebhookReceiver(Func<int, IReadOnlyList<JsonElement>, int> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => _listening[0] = listen));
        _app = builder.Build();
        _app.MapPost("/hook", context => ReceiveAsync(context, answer));
    }

    public string Url => $"http://127.0.0.1:{_listening[0].IPEndPoint!.Port}/hook";

    public string Secret { get; set; } = "";

    public int Requests { get; private set; }

    public int BadSignatures { get; private set; }

    public List<JsonElement> Taken
    {
        get
        {
            lock (_taken)
            {
                return [.. _taken];
            }
        }
    }

    public Task StartAsync() => _app.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context, Func<int, IReadOnlyList<JsonElement>, int> answer)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var lines = Encoding.UTF8.GetString(body.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        lock (_taken)
        {
            BadSignatures += IsSigned(context, body.ToArray()) ? 0 : 1;
            context.Response.StatusCode = answer(Requests++, lines);
            if (context.Response.StatusCode == 200)
            {
                _taken.AddRange(lines);
            }
        }
    }

    private bool IsSigned(HttpContext context, byte[] body)
    {
        var timestamp = context.Request.Headers["X-EdgeVision-Timestamp"].ToString();
        var expected = "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), (byte[])[.. Encoding.ASCII.GetBytes(timestamp + "."), .. body]));
        var age = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - long.Parse(timestamp, CultureInfo.InvariantCulture);
        return context.Request.Headers["X-EdgeVision-Signature"] == expected && age is >= -5 and < 60;
    }
}
