namespace EdgeVision.Hub;

/// <summary>Looks whether a hub can be reached and is who it says: TCP, TLS and WebSocket, and no further, because a second CONNECT would throw a running daemon out.</summary>
public static class HubProbe
{
    /// <param name="options">Of the daemon; with provisioning the service is looked at, and the hub of an assignment that was kept.</param>
    /// <param name="patience">For each connection.</param>
    /// <returns>A line for the device's certificate, where it has one, and for each place and transport that the daemon may use.</returns>
    /// <exception cref="HubException">The CA file or the credentials cannot be used.</exception>
    public static async Task<IReadOnlyList<ProbeResult>> TryAsync(HubOptions options, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        var access = new HubAccess(options, time);
        var (device, fault) = access.Certificate();
        using var certificate = device;
        if (fault.Length > 0)
        {
            return [new ProbeResult("certificate", HubFailure.DeviceCertificate, fault)];
        }

        var hub = options.ConnectionString?.Endpoint ?? new AssignmentFile(options.Provisioning!).ReadEndpoint();
        (string Subject, HubEndpoint? Place)[] places = [("provisioning", options.Provisioning?.Endpoint), ("hub", hub)];
        var looks = from place in places
                    where place.Place is not null
                    from transport in Transports(options.Transport)
                    select LookAsync(place.Subject, access.RouteTo(place.Place, transport, device), patience, time, cancellationToken);
        return [.. Certificate(device, time), .. await Task.WhenAll(looks).ConfigureAwait(false)];
    }

    private static HubTransport[] Transports(HubTransport configured) => configured == HubTransport.Auto ? [HubTransport.Mqtt, HubTransport.WebSocket] : [configured];

    private static ProbeResult[] Certificate(DeviceCertificate? device, TimeProvider time) => device is null
        ? []
        : [new ProbeResult("certificate", HubFailure.None, $"{device.Certificate.Subject}, {DeviceCertificate.DaysBetween(time.GetUtcNow(), device.End)} days left")];

    private static async Task<ProbeResult> LookAsync(string subject, HubRoute route, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        var (host, way) = (route.Endpoint.Host, route.Transport == HubTransport.Mqtt ? $"port {route.Endpoint.MqttPort}" : $"WebSocket, port {route.Endpoint.HttpsPort}");
        using var limit = new Deadline(patience, time, cancellationToken);
        try
        {
            await using var stream = await route.OpenAsync(limit.Token).ConfigureAwait(false);
            return new ProbeResult(subject, HubFailure.None, $"{host}: reached ({way}); whether it takes this device is seen when the daemon connects");
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            var failure = ConnectFailure.Of(exception);
            return new ProbeResult(subject, failure, $"{ConnectFailure.Advice(failure, host)} ({way}: {exception.GetBaseException().Message})");
        }
    }
}
