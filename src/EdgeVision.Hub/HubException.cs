namespace EdgeVision.Hub;

/// <summary>The hub cannot be used as configured, or said no; the message names what and the way out.</summary>
public sealed class HubException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What it means for the connection; None where that is not known.</summary>
    public HubFailure Failure { get; init; }
}
