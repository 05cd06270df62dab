namespace EdgeVision.Hub;

/// <summary>Looks whether a broker can be reached, is who it says, and lets this device in: under another client id, because a second CONNECT with the same would throw a running daemon out.</summary>
public static class BrokerProbe
{
    /// <returns>None, or why not; and a line for people.</returns>
    /// <exception cref="HubException">A file cannot be used.</exception>
    public static async Task<(HubFailure Failure, string Detail)> TryAsync(BrokerOptions options, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        var login = BrokerLogin.Load(options);
        var guest = options with { ClientId = $"{options.EffectiveClientId}-check" };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        try
        {
            var protocol = options.Protocol;
            var (failure, detail, refused) = await TryAsync(guest, login, protocol, time, limit.Token).ConfigureAwait(false);
            if (refused && protocol == BrokerProtocol.V5)
            {
                protocol = BrokerProtocol.V311;
                (failure, detail, _) = await TryAsync(guest, login, protocol, time, limit.Token).ConfigureAwait(false);
            }

            return (failure, failure == HubFailure.None ? $"{options.Address}: let this device in, {Words(options, protocol)}" : Failed(failure, detail, options));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            var failure = ConnectFailure.Of(exception);
            return (failure, Failed(failure, exception.GetBaseException().Message, options));
        }
    }

    private static async Task<(HubFailure Failure, string Detail, bool ProtocolRefused)> TryAsync(
        BrokerOptions options, BrokerLogin login, BrokerProtocol protocol, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var session = new BrokerSession(options, login, protocol, time, lastWill: false);
        var (failure, detail) = await session.OpenAsync(cancellationToken).ConfigureAwait(false);
        await session.CloseAsync().ConfigureAwait(false);
        return (failure, detail, session.ProtocolRefused);
    }

    private static string Words(BrokerOptions options, BrokerProtocol protocol) => $"MQTT {(protocol == BrokerProtocol.V5 ? "5" : "3.1.1")} {(options.Tls ? "over TLS" : "in plain text")}";

    private static string Failed(HubFailure failure, string detail, BrokerOptions options) => BrokerAdvice.Of(failure, options) + (detail.Length > 0 ? $" ({detail})" : "");
}
