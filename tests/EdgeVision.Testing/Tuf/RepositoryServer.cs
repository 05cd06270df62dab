using System.Net;

namespace EdgeVision.Testing;

/// <summary>Files of a repository over HTTP on loopback; a script may answer in their place, as badly as it likes.</summary>
public sealed class RepositoryServer : IDisposable
{
    private readonly HttpListener _listener;
    private readonly IReadOnlyDictionary<string, byte[]> _files;

    public RepositoryServer(IReadOnlyDictionary<string, byte[]> files)
    {
        (_files, (_listener, Address)) = (files, Listen());
        _ = AcceptAsync();
    }

    /// <summary>Ends in a slash.</summary>
    public Uri Address { get; }

    /// <summary>True = answered already.</summary>
    public Func<HttpListenerContext, Task<bool>> Script { get; set; } = _ => Task.FromResult(false);

    /// <summary>Paths as they came over the wire, without the leading slash.</summary>
    public List<string> Requests { get; } = [];

    public void Dispose() => _listener.Close();

    private static (HttpListener Listener, Uri Address) Listen()
    {
        for (var port = 20_000 + (Environment.ProcessId % 10_000); ; port++)
        {
            var listener = new HttpListener();
            listener.Prefixes.Add($"http://127.0.0.1:{port}/");
            try
            {
                listener.Start();
                return (listener, new Uri($"http://127.0.0.1:{port}/"));
            }
            catch (HttpListenerException) when (port < 40_000)
            {
                // taken by somebody else
            }
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = AnswerAsync(await _listener.GetContextAsync());
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            // the test is over
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var path = context.Request.RawUrl![1..];
        lock (Requests)
        {
            Requests.Add(path);
        }

        try
        {
            if (!await Script(context))
            {
                await ServeAsync(context.Response, path);
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            // the client had enough
        }
    }

    private async Task ServeAsync(HttpListenerResponse response, string path)
    {
        var bytes = _files.GetValueOrDefault(path);
        response.StatusCode = bytes is null ? 404 : 200;
        response.ContentLength64 = bytes?.Length ?? 0;
        await response.OutputStream.WriteAsync(bytes ?? []);
        response.Close();
    }
}
