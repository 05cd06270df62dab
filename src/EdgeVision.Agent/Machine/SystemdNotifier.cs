using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace EdgeVision.Agent;

/// <summary>Tells systemd that the daemon is ready, alive and stopping (sd_notify(3)); does nothing where systemd did not start it.</summary>
/// <remarks>
/// The watchdog is fed only while the vision loop comes round: a hung accelerator behind a live process is what it is for. A camera that is down is not, because the loop
/// comes round without frames too.
/// </remarks>
internal sealed class SystemdNotifier(Heartbeat heartbeat, TimeProvider time)
{
    private readonly string? _socket = Environment.GetEnvironmentVariable("NOTIFY_SOCKET");

    public void Ready() => Say("READY=1");

    public void Stopping() => Say("STOPPING=1");

    /// <summary>Feeds the watchdog at half its time while the loop lives.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        if (_socket is null || !long.TryParse(Environment.GetEnvironmentVariable("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds))
        {
            return;
        }

        var limit = TimeSpan.FromMicroseconds(microseconds);
        while (!stopping.IsCancellationRequested)
        {
            if (heartbeat.Age < limit)
            {
                Say("WATCHDOG=1");
            }

            await Task.Delay(limit / 3, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Say(string state)
    {
        if (_socket is null)
        {
            return;
        }

        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            // a leading @ stands for the abstract name space, whose names begin with a zero
            socket.SendTo(Encoding.UTF8.GetBytes(state), new UnixDomainSocketEndPoint(_socket.StartsWith('@') ? "\0" + _socket[1..] : _socket));
        }
        catch (SocketException)
        {
            // systemd went away; there is nobody left to tell
        }
    }
}
