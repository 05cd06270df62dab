namespace EdgeVision.Hub.Tests;

/// <summary>Sends what goes to one port of this machine to another: a hub names itself as the place for files, and the test stands in between.</summary>
internal sealed class ThroughGate(HttpMessageHandler inner, int port, int gate) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri!.Port == port)
        {
            request.RequestUri = new UriBuilder(request.RequestUri) { Port = gate }.Uri;
        }

        return base.SendAsync(request, cancellationToken);
    }
}
