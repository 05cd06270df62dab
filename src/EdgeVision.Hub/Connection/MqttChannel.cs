using System.Buffers;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Channel;

namespace EdgeVision.Hub;

/// <summary>The MQTT library's bytes over a stream of ours: it does not offer the client's certificate chain, one trust for both transports, or a proxy with them.</summary>
internal sealed class MqttChannel(Func<CancellationToken, Task<Stream>> open, bool isSecure = true) : IMqttChannel
{
    private Stream? _stream;

    /// <summary>Whether the other side ended the connection in good order, and nothing on the way broke it.</summary>
    public bool EndedInOrder { get; private set; }

    public EndPoint? LocalEndPoint => null;

    public EndPoint? RemoteEndPoint => null;

    public X509Certificate2? ClientCertificate => null;

    public bool IsSecureConnection => isSecure;

    public async Task ConnectAsync(CancellationToken cancellationToken) => _stream = await open(cancellationToken).ConfigureAwait(false);

    public Task DisconnectAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        var read = await _stream!.ReadAsync(buffer.AsMemory(offset, count), cancellationToken).ConfigureAwait(false);
        EndedInOrder = read == 0;
        return read;
    }

    public async Task WriteAsync(ReadOnlySequence<byte> buffer, bool isEndOfPacket, CancellationToken cancellationToken)
    {
        foreach (var part in buffer)
        {
            await _stream!.WriteAsync(part, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => _stream?.Dispose();
}
