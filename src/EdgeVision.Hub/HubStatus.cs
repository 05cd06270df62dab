namespace EdgeVision.Hub;

/// <summary>The connection in words and numbers an operator wants to see; a snapshot.</summary>
/// <param name="State">What the client is doing.</param>
/// <param name="Failure">Why it is not connected, or was not the last time.</param>
/// <param name="Detail">One line for people, without secrets.</param>
/// <param name="Connects">Connections made since the start, planned renewals of the token not counted.</param>
/// <param name="Sent">Messages the hub has taken.</param>
/// <param name="Outbox">What waits, and where.</param>
public sealed record HubStatus(HubState State, HubFailure Failure, string Detail, long Connects, long Sent, OutboxFigures Outbox)
{
    /// <summary>Messages that the hub has not taken.</summary>
    public int Waiting => Outbox.Waiting;

    /// <summary>Messages that were given up.</summary>
    public long Dropped => Outbox.Dropped;

    /// <summary>How the hub was last connected to, or is being tried.</summary>
    public HubTransport Transport { get; init; } = HubTransport.Mqtt;

    /// <summary>Where it connects to; null while that is not known.</summary>
    public (string Host, int Port)? Peer { get; init; }

    /// <summary>Whole days until the device's certificate ends; null where none is used.</summary>
    public int? CertificateDaysLeft { get; init; }
}
