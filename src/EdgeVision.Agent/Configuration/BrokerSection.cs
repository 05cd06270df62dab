using EdgeVision.Hub;

namespace EdgeVision.Agent;

/// <summary>Section <c>[broker]</c>; what the keys mean stands in <see cref="BrokerOptions"/>.</summary>
internal sealed record BrokerSection
{
    private static readonly BrokerTopics Topics = new() { Device = "" };

    /// <summary>Required.</summary>
    public string Host { get; init; } = "";

    public int? Port { get; init; }

    /// <summary>Default true.</summary>
    public bool Tls { get; init; } = true;

    public string? CaFile { get; init; }

    public string? CertificateFile { get; init; }

    public string? KeyFile { get; init; }

    public string? User { get; init; }

    public string? PasswordFile { get; init; }

    /// <summary>Default 5.</summary>
    public BrokerProtocol Protocol { get; init; }

    /// <summary>Default: the device's name.</summary>
    public string? ClientId { get; init; }

    /// <summary>Seconds, 5 to 65535. Default 60.</summary>
    public double KeepAliveSeconds { get; init; } = 60;

    /// <inheritdoc cref="HubSection.OutboxMegabytes"/>
    public int OutboxMegabytes { get; init; } = 128;

    /// <inheritdoc cref="HubSection.BacklogPerSecond"/>
    public int BacklogPerSecond { get; init; } = 200;

    public string TelemetryTopic { get; init; } = Topics.Telemetry;

    public string StatusTopic { get; init; } = Topics.Status;

    public string StateTopic { get; init; } = Topics.State;

    public string DesiredTopic { get; init; } = Topics.Desired;

    public string CommandTopic { get; init; } = Topics.Command;

    /// <summary>Default false.</summary>
    public bool HomeAssistant { get; init; }

    public string HomeAssistantPrefix { get; init; } = new HomeAssistantOptions().Prefix;

    /// <summary>Default none.</summary>
    public WordList HomeAssistantClasses { get; init; } = new([]);
}
