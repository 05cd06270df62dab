using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace EdgeVision.Hub;

/// <summary>Messages from the cloud, one after the other: each is completed at the hub when the handler has dealt with it.</summary>
/// <remarks>
/// A handler that throws leaves its message at the hub, which delivers it again later. One that was dealt with and comes again, because its completion was lost, is completed
/// and not shown again: the ids of the last thousand are remembered, over connections but not over a restart. Deliver from any thread; one RunAsync at a time.
/// </remarks>
internal sealed partial class CloudMailbox(Func<CloudMessage, CancellationToken, Task> handler, ILogger logger)
{
    private const int Remembered = 1000, MostWaiting = 100;
    private readonly Queue<string> _order = new();
    private readonly HashSet<string> _done = new(StringComparer.Ordinal);

    // A hub has at most fifty under way; one that sends more does so again.
    private Channel<HubInbound> _waiting = New();

    /// <summary>A new connection: what was under way on the old one comes again.</summary>
    public void Clear() => _waiting = New();

    public void Deliver(HubInbound inbound) => _waiting.Writer.TryWrite(inbound);

    public async Task<HubFailure> RunAsync(CancellationToken ending, CancellationToken broken)
    {
        while (true)
        {
            var inbound = await _waiting.Reader.ReadAsync(ending).ConfigureAwait(false);
            var message = CloudMessage.Of(inbound);
            if (_done.Contains(message.Id) || await HandleAsync(message, broken).ConfigureAwait(false))
            {
                await inbound.AcknowledgeAsync(broken).ConfigureAwait(false);
            }
        }
    }

    private static Channel<HubInbound> New() => Channel.CreateBounded<HubInbound>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite });

    private async Task<bool> HandleAsync(CloudMessage message, CancellationToken broken)
    {
        try
        {
            await handler(message, broken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException && !broken.IsCancellationRequested)
        {
            Log.NotHandled(logger, message.Id, exception.Message);
            return false;
        }

        Remember(message.Id);
        return true;
    }

    private void Remember(string id)
    {
        if (id.Length > 0 && _done.Add(id))
        {
            _order.Enqueue(id);
            if (_order.Count > Remembered)
            {
                _done.Remove(_order.Dequeue());
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3020, LogLevel.Warning, "hub: message '{Id}' from the cloud could not be dealt with and stays at the hub: {Reason}")]
        public static partial void NotHandled(ILogger logger, string id, string reason);
    }
}
