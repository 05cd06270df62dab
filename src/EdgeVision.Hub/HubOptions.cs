namespace EdgeVision.Hub;

/// <summary>Which hub a device speaks to, and how.</summary>
public sealed record HubOptions
{
    public required HubConnectionString ConnectionString { get; init; }

    /// <summary>PEM file with the CA of a hub of one's own; then only that CA is trusted. Null = the CAs of the operating system.</summary>
    public string? CaFile { get; init; }

    /// <summary>A hub that says nothing for one and a half times this is taken for gone. Default 60, 5 to 1177.</summary>
    public double KeepAliveSeconds { get; init; } = 60;

    /// <summary>Life of a SAS token; it is renewed at four fifths. Default 60, 1 to 1440.</summary>
    public double TokenMinutes { get; init; } = 60;

    /// <summary>Messages that wait while the hub is away, in bytes of their bodies. Default 8 MiB.</summary>
    public long OutboxBytes { get; init; } = 8 << 20;

    /// <summary>What the hub sees as the client's type.</summary>
    public string ProductInfo { get; init; } = "EdgeVision";

    /// <summary>The device's model for IoT Plug and Play, a DTMI that is announced at CONNECT; null = none.</summary>
    public string? ModelId { get; init; }

    /// <summary>Asked before each attempt. While the clock is not set none is made, because every certificate would be judged not yet valid. Default: it is set.</summary>
    public Func<bool> ClockIsSet { get; init; } = () => true;
}
