namespace EdgeVision.Hub;

/// <summary>Something the hub sent.</summary>
internal sealed record HubInbound(HubTopic Topic, byte[] Payload);
