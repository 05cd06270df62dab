namespace EdgeVision.Hub;

/// <summary>What the client is doing.</summary>
public enum HubState
{
    Connecting,
    Connected,

    /// <summary>Not connected; waiting to try again.</summary>
    Waiting,
    Stopped,
}
