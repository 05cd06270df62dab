using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Connections;

namespace EdgeVision.Cloud.Mqtt;

/// <summary>Connections that have not proved yet who they are, counted per address, so that one machine cannot take all sockets and handshakes.</summary>
/// <remarks>A connection is in from its first byte until its CONNECT was accepted or it ends. Any thread.</remarks>
internal sealed class Strangers(ServeOptions options)
{
    private readonly ConcurrentDictionary<EndPoint, IPAddress> _in = new();
    private readonly Dictionary<IPAddress, int> _counts = [];

    /// <summary>Before TLS: a handshake is the dearest thing that a stranger can ask for.</summary>
    public ConnectionDelegate Around(ConnectionDelegate next) => async connection =>
    {
        if (!Enter(connection.RemoteEndPoint))
        {
            connection.Abort(new ConnectionAbortedException("Too many connections from this address that have not authenticated."));
            return;
        }

        try
        {
            await next(connection);
        }
        finally
        {
            Leave(connection.RemoteEndPoint);
        }
    };

    /// <returns>False when there are too many; one that is in already stays in.</returns>
    public bool Enter(EndPoint? peer)
    {
        if (peer is not IPEndPoint { Address: var address } || _in.ContainsKey(peer))
        {
            return true;
        }

        lock (_counts)
        {
            var count = _counts.GetValueOrDefault(address);
            if (count >= options.MaxStrangers || !_in.TryAdd(peer, address))
            {
                return count < options.MaxStrangers;
            }

            _counts[address] = count + 1;
            return true;
        }
    }

    public void Leave(EndPoint? peer)
    {
        if (peer is null || !_in.TryRemove(peer, out var address))
        {
            return;
        }

        lock (_counts)
        {
            if (--_counts[address] == 0)
            {
                _counts.Remove(address);
            }
        }
    }
}
