namespace EdgeVision.Hub;

/// <summary>Which broker a device speaks to, and how.</summary>
public sealed record BrokerOptions
{
    /// <summary>Name or address, without scheme and port.</summary>
    public required string Host { get; init; }

    /// <summary>Default 8883 with TLS, 1883 without.</summary>
    public int? Port { get; init; }

    /// <summary>Default true. Without it everybody on the way reads and writes along, the password too.</summary>
    public bool Tls { get; init; } = true;

    /// <summary>PEM file with the CA of a broker of one's own; then only that CA is trusted. Null = the CAs of the operating system.</summary>
    public string? CaFile { get; init; }

    /// <summary>PEM file with this device's certificate, for a broker that asks for one. Goes with <see cref="KeyFile"/>.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>PEM file with the certificate's key, not encrypted.</summary>
    public string? KeyFile { get; init; }

    public string? User { get; init; }

    /// <summary>File with the user's password. Needs <see cref="User"/>.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>Default 5.</summary>
    public BrokerProtocol Protocol { get; init; }

    /// <summary>1 to 128 of A-Z a-z 0-9 . _ : -; two clients with one id throw each other out. Null = the device's name.</summary>
    public string? ClientId { get; init; }

    /// <summary>A broker that says nothing for one and a half times this is taken for gone. Default 60, 5 to 65535.</summary>
    public double KeepAliveSeconds { get; init; } = 60;

    /// <summary>Where everything is published and listened for; holds the device's name.</summary>
    public required BrokerTopics Topics { get; init; }

    /// <summary>Null = nothing is said to Home Assistant.</summary>
    public HomeAssistantOptions? HomeAssistant { get; init; }

    /// <summary>Where messages wait while the broker is away. Default: in memory.</summary>
    public OutboxOptions Outbox { get; init; } = new();

    /// <inheritdoc cref="HubOptions.ClockIsSet"/>
    public Func<bool> ClockIsSet { get; init; } = () => true;

    /// <summary>Host and port, as they stand in logs.</summary>
    public string Address => $"{Host}:{EffectivePort}";

    internal string EffectiveClientId => ClientId ?? Topics.Device;

    internal int EffectivePort => Port ?? (Tls ? 8883 : 1883);
}
