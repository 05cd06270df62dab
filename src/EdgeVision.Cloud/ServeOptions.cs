using System.Net;

namespace EdgeVision.Cloud;

/// <summary>How a hub listens.</summary>
internal sealed record ServeOptions
{
    public required string Data { get; init; }

    /// <summary>0 takes a free one. Default 8883.</summary>
    public int MqttPort { get; init; } = HubAddress.Default.MqttPort;

    /// <summary>0 takes a free one. Default 8443.</summary>
    public int HttpsPort { get; init; } = HubAddress.Default.HttpsPort;

    /// <summary>Default 127.0.0.1: nobody outside this machine reaches a hub that was not told to be reached.</summary>
    public IPAddress Listen { get; init; } = IPAddress.Loopback;

    /// <summary>The name that devices use for this machine. Default localhost.</summary>
    public string Host { get; init; } = HubAddress.Default.Host;

    /// <summary>A second port for WebSockets and HTTPS, for sites that let only 443 out; null for none.</summary>
    public int? ExtraHttpsPort { get; init; }

    /// <summary>How many connections from one address may be open that have not proved who they are. Default 1000: a whole site may come through one router at once.</summary>
    public int MaxStrangers { get; init; } = 1000;

    /// <summary>Takes and forgets what devices publish to topics that no hub has, instead of ending their connection.</summary>
    public bool IgnoreUnknownTopics { get; init; }
}
