using System.Net.Sockets;
using EdgeVision.Hub;

namespace EdgeVision.Agent;

/// <summary>Whether the hub went out of reach with an activation, the network being fine: a new model may starve the machine so that no connection comes about.</summary>
/// <remarks>
/// Nothing is said where the hub was not reached before, where it refuses this device by name (a model has no part in that), or where not even a bare TCP connection
/// to it comes about: an outage of the network is no reason to go back. One thread.
/// </remarks>
internal sealed class HubWatch
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly Func<HubStatus?> _status;
    private readonly TimeSpan _patience;
    private readonly TimeProvider _time;
    private readonly long _sentBefore;
    private bool _wasConnected;
    private long _lostSince;
    private Task<bool>? _probe;

    public HubWatch(Func<HubStatus?> status, TimeSpan patience, TimeProvider time)
    {
        (_status, _patience, _time) = (status, patience, time);
        var now = status();
        _sentBefore = now?.Sent ?? 0;
        _wasConnected = now is { State: HubState.Connected } or { Sent: > 0 };
    }

    /// <summary>Asks the network itself; another one in tests.</summary>
    public Func<string, int, Task<bool>> Connect { get; init; } = ConnectAsync;

    /// <summary>The hub has taken a message since, or there is none.</summary>
    public bool IsAcknowledged => _status() is not { } status || status.Sent > _sentBefore;

    /// <returns>Why, in words; null = it is not lost, or that is no fault of a model.</returns>
    public string? Look()
    {
        if (_status() is not { } status || status.State == HubState.Connected || !MayBeTheModels(status.Failure))
        {
            _wasConnected |= _status()?.State == HubState.Connected;
            (_lostSince, _probe) = (0, null);
            return null;
        }

        _lostSince = _lostSince == 0 ? _time.GetTimestamp() : _lostSince;
        if (!_wasConnected || _time.GetElapsedTime(_lostSince) < _patience || status.Peer is not { } peer)
        {
            return null;
        }

        _probe ??= Connect(peer.Host, peer.Port);
        if (_probe is not { IsCompleted: true })
        {
            return null;
        }

        var isThere = _probe is { IsCompletedSuccessfully: true, Result: true };
        _probe = null; // asked again at the next look
        return isThere ? $"{status.Failure} {status.Detail}".TrimEnd() : null;
    }

    private static bool MayBeTheModels(HubFailure failure) => failure is HubFailure.TimedOut or HubFailure.Closed or HubFailure.Unreachable;

    private static async Task<bool> ConnectAsync(string host, int port)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await socket.ConnectAsync(host, port, patience.Token).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            return false;
        }
    }
}
