namespace EdgeVision.Hub;

/// <summary>Something the hub sent.</summary>
internal sealed record HubInbound(HubTopic Topic, byte[] Payload)
{
    /// <summary>Completes a message from the cloud; anything else is acknowledged on arrival.</summary>
    public required Func<CancellationToken, Task> AcknowledgeAsync { get; init; }
}
