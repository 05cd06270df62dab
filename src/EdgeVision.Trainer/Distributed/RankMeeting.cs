using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace EdgeVision.Trainer.Distributed;

/// <summary>How ranks connect to rank 0, once, at the beginning: it listens, tells all by MPI where, and a secret that keeps strangers out.</summary>
internal sealed class RankMeeting(int rank, int ranks, bool isOneMachine, TimeProvider clock)
{
    private const int PlaceBytes = 1024;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60), TryFor = TimeSpan.FromSeconds(5);

    private string Introduction => string.Create(CultureInfo.InvariantCulture, $"{rank} {Environment.ProcessId} {Environment.MachineName}");

    /// <summary>Rank 0 gets a link to each other rank, all others one to rank 0.</summary>
    /// <param name="broadcast">Fills what all others give with what rank 0 gives.</param>
    /// <exception cref="TrainerException">They cannot reach each other.</exception>
    public IReadOnlyList<RankLink> Meet(Action<Span<byte>> broadcast)
    {
        var place = new byte[PlaceBytes];
        using var limit = new CancellationTokenSource(Deadline, clock);
        try
        {
            if (rank > 0)
            {
                broadcast(place);
                return [ConnectAsync(Encoding.UTF8.GetString(place).TrimEnd('\0').Split(' '), limit.Token).GetAwaiter().GetResult()];
            }

            using var listener = isOneMachine ? new TcpListener(IPAddress.Loopback, 0) : TcpListener.Create(0);
            listener.Start();
            var secret = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
            Encoding.UTF8.GetBytes(string.Join(' ', [secret, $"{((IPEndPoint)listener.LocalEndpoint).Port}", .. Addresses()]), place);
            broadcast(place);
            return AcceptAsync(listener, secret, limit.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException exception)
        {
            throw new TrainerException($"Rank {rank} of {ranks} on {Environment.MachineName} found no way to the others by TCP within {Deadline.TotalSeconds:0} s: let the machines of mpirun reach each other on all ports.", exception);
        }
    }

    private async Task<RankLink> ConnectAsync(string[] place, CancellationToken limit)
    {
        var (secret, port) = (place[0], int.Parse(place[1], CultureInfo.InvariantCulture));
        foreach (var address in place[2..])
        {
            var client = new TcpClient();
            try
            {
                using var attempt = CancellationTokenSource.CreateLinkedTokenSource(limit);
                attempt.CancelAfter(TryFor);
                await client.ConnectAsync(IPAddress.Parse(address), port, attempt.Token);
                var link = new RankLink(client.GetStream(), clock);
                link.Say($"{secret} {Introduction}");
                if (await TryNameAsync(link, "", attempt.Token))
                {
                    return link;
                }
            }
            catch (Exception exception) when (exception is SocketException or IOException or OperationCanceledException)
            {
                // The next one may be reached.
            }

            client.Dispose();
        }

        throw new OperationCanceledException();
    }

    private async Task<IReadOnlyList<RankLink>> AcceptAsync(TcpListener listener, string secret, CancellationToken limit)
    {
        var links = new List<RankLink>();
        while (links.Count < ranks - 1)
        {
            var client = await listener.AcceptTcpClientAsync(limit);
            var link = new RankLink(client.GetStream(), clock);
            if (await TryNameAsync(link, secret + " ", limit))
            {
                link.Say(Introduction);
                links.Add(link);
            }
            else
            {
                client.Dispose();
            }
        }

        return links;
    }

    private async Task<bool> TryNameAsync(RankLink link, string secret, CancellationToken limit)
    {
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(limit);
        attempt.CancelAfter(TryFor);
        try
        {
            var line = await link.ReadLineAsync(attempt.Token) ?? "";
            if (!line.StartsWith(secret, StringComparison.Ordinal) || line[secret.Length..].Split(' ') is not [var other, var process, var host])
            {
                return false;
            }

            link.Name(other, $"{ranks}", process, host);
            return true;
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException && !limit.IsCancellationRequested)
        {
            return false;
        }
    }

    private IEnumerable<string> Addresses() => isOneMachine ? [$"{IPAddress.Loopback}"] : NetworkInterface.GetAllNetworkInterfaces()
        .Where(network => network.OperationalStatus == OperationalStatus.Up && network.NetworkInterfaceType != NetworkInterfaceType.Loopback)
        .SelectMany(network => network.GetIPProperties().UnicastAddresses).Select(address => address.Address)
        .Where(address => !address.IsIPv6LinkLocal).OrderBy(address => address.AddressFamily).Take(16).Select(address => $"{address}");
}
