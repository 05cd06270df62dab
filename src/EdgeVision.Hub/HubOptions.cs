namespace EdgeVision.Hub;

/// <summary>Which hub a device speaks to, and how.</summary>
public sealed record HubOptions
{
    /// <summary>Null where <see cref="Provisioning"/> finds the hub.</summary>
    public HubConnectionString? ConnectionString { get; init; }

    /// <summary>The service that says which hub; null where <see cref="ConnectionString"/> does.</summary>
    public ProvisioningOptions? Provisioning { get; init; }

    /// <summary>PEM file with the CA of a hub of one's own; then only that CA is trusted. Null = the CAs of the operating system.</summary>
    public string? CaFile { get; init; }

    /// <summary>PEM file with the device's certificate, and intermediates behind it; null where a shared key proves who it is.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>PEM file with the certificate's key, without password.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Default Auto: TCP 8883, and the WebSocket where that leads nowhere.</summary>
    public HubTransport Transport { get; init; }

    /// <summary><c>http://[user:password@]host:port</c>, taken for WebSocket and file upload. Null = none; the environment's are not looked at. Never logged.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>A hub that says nothing for one and a half times this is taken for gone. Default 60, 5 to 1177.</summary>
    public double KeepAliveSeconds { get; init; } = 60;

    /// <summary>Life of a SAS token; it is renewed at four fifths. Default 60, 1 to 1440.</summary>
    public double TokenMinutes { get; init; } = 60;

    /// <summary>Where messages wait while the hub is away. Default: in memory.</summary>
    public OutboxOptions Outbox { get; init; } = new();

    /// <summary>What the hub sees as the client's type.</summary>
    public string ProductInfo { get; init; } = "EdgeVision";

    /// <summary>The device's model for IoT Plug and Play, a DTMI that is announced at CONNECT; null = none.</summary>
    public string? ModelId { get; init; }

    /// <summary>Asked before each attempt. While the clock is not set none is made, because every certificate would be judged not yet valid. Default: it is set.</summary>
    public Func<bool> ClockIsSet { get; init; } = () => true;
}
