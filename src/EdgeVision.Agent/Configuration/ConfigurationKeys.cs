using System.Text.Json.Nodes;
using EdgeVision.Capture;
using EdgeVision.Hub;
using EdgeVision.Imaging;
using EdgeVision.Update;

namespace EdgeVision.Agent;

/// <summary>Every key there is, with its limits: the one table that the reader, the suggestions for typos and the test of <c>deploy/edgevision.toml</c> go by.</summary>
internal static class ConfigurationKeys
{
    private const int MostMinutes = 7 * 24 * 60;

    public static readonly ConfigurationKey<DeviceOptions>[] Device =
    [
        new("state_directory", (section, value) => section with { StateDirectory = value.FilePath() }),
        new("id", (section, value) => section with { Id = value.Name() }),
        new("log_level", (section, value) => section with { LogLevel = Enum.Parse<LogLevel>(value.OneOf("trace", "debug", "information", "warning", "error"), ignoreCase: true) }),
    ];

    public static readonly ConfigurationKey<HubSection>[] Hub =
    [
        new("connection_string_file", (section, value) => section with { ConnectionStringFile = value.FilePath() }),
        new("ca_file", (section, value) => section with { CaFile = value.FilePath() }),
        new("certificate_file", (section, value) => section with { CertificateFile = value.FilePath() }),
        new("key_file", (section, value) => section with { KeyFile = value.FilePath() }),
        new("transport", (section, value) => section with { Transport = Enum.Parse<HubTransport>(value.OneOf("auto", "mqtt", "websocket"), ignoreCase: true) }),
        new("proxy", (section, value) => section with { Proxy = value.Proxy("hub.proxy_credentials_file") }),
        new("proxy_credentials_file", (section, value) => section with { ProxyCredentialsFile = value.FilePath() }),
        new("keep_alive_seconds", (section, value) => section with { KeepAliveSeconds = value.Number(5, 1177) }),
        new("outbox_megabytes", (section, value) => section with { OutboxMegabytes = value.Whole(1, 4096) }),
        new("backlog_per_second", (section, value) => section with { BacklogPerSecond = value.Whole(1, 10_000) }),
    ];

    public static readonly ConfigurationKey<BrokerSection>[] Broker =
    [
        new("host", (section, value) => section with { Host = value.Text() }),
        new("port", (section, value) => section with { Port = value.Whole(1, 65535) }),
        new("tls", (section, value) => section with { Tls = value.Flag() }),
        new("ca_file", (section, value) => section with { CaFile = value.FilePath() }),
        new("certificate_file", (section, value) => section with { CertificateFile = value.FilePath() }),
        new("key_file", (section, value) => section with { KeyFile = value.FilePath() }),
        new("user", (section, value) => section with { User = value.Text() }),
        new("password_file", (section, value) => section with { PasswordFile = value.FilePath() }),
        new("protocol", (section, value) => section with { Protocol = value.OneOf("5", "3.1.1") == "5" ? BrokerProtocol.V5 : BrokerProtocol.V311 }),
        new("client_id", (section, value) => section with { ClientId = value.Name() }),
        new("keep_alive_seconds", (section, value) => section with { KeepAliveSeconds = value.Number(5, 65535) }),
        new("outbox_megabytes", (section, value) => section with { OutboxMegabytes = value.Whole(1, 4096) }),
        new("backlog_per_second", (section, value) => section with { BacklogPerSecond = value.Whole(1, 10_000) }),
        new("telemetry_topic", (section, value) => section with { TelemetryTopic = value.Checked(BrokerTopics.TelemetryProblem) }),
        new("status_topic", (section, value) => section with { StatusTopic = value.Checked(BrokerTopics.PlainProblem) }),
        new("state_topic", (section, value) => section with { StateTopic = value.Checked(BrokerTopics.PlainProblem) }),
        new("desired_topic", (section, value) => section with { DesiredTopic = value.Checked(BrokerTopics.PlainProblem) }),
        new("command_topic", (section, value) => section with { CommandTopic = value.Checked(BrokerTopics.CommandProblem) }),
        new("home_assistant", (section, value) => section with { HomeAssistant = value.Flag() }),
        new("home_assistant_prefix", (section, value) => section with { HomeAssistantPrefix = value.Checked(prefix => TopicTemplate.Problem(prefix)) }),
        new("home_assistant_classes", (section, value) => section with { HomeAssistantClasses = new(value.Texts()) }),
    ];

    public static readonly ConfigurationKey<ProvisioningSection>[] Provisioning =
    [
        new("id_scope", (section, value) => section with { IdScope = value.Name() }),
        new("registration_id", (section, value) => section with { RegistrationId = value.DeviceId() }),
        new("key_file", (section, value) => section with { KeyFile = value.FilePath() }),
        new("endpoint", (section, value) => section with { Endpoint = value.Host() }),
        new("https_port", (section, value) => section with { HttpsPort = value.Whole(1, 65535) }),
    ];

    public static readonly ConfigurationKey<ModelOptions>[] Model =
    [
        new("directory", (section, value) => section with { Directory = value.FilePath() }),
        new("threads", (section, value) => section with { Threads = value.Whole(1, 64) }),
        new("spinning", (section, value) => section with { Spinning = value.Flag() }),
        new("providers", (section, value) => section with { Providers = value.Texts() }),
        new("require", (section, value) => section with { Require = value.OneOf("cpu", "cuda", "tensorrt") }),
        new("allow_degraded", (section, value) => section with { AllowDegraded = value.Flag() }),
        new("native_library", (section, value) => section with { NativeLibrary = value.FilePath() }),
        new("min_confidence", (section, value) => section with { MinConfidence = (float)value.Number(0, 1) }, section => section.MinConfidence is { } limit ? Math.Round(limit, 4) : null),
    ];

    public static readonly ConfigurationKey<UpdateSection>[] Update =
    [
        new("root_file", (section, value) => section with { RootFile = value.FilePath() }),
        new("window", (section, value) => section with { Window = value.Checked(MaintenanceWindow.Problem) }),
        new("time_zone", (section, value) => section with { TimeZone = value.Checked(name => TimeZones.Find(name, out var problem) is null ? problem : null) }),
        new("deadline_overrides_window", (section, value) => section with { DeadlineOverridesWindow = value.Flag() }),
        // the next three can only be made stricter from afar: what the site has limited stays limited
        new("metered", (section, value) => section with { AllowMetered = value.OneOf("deny", "allow") == "allow" && (value.IsFile || section.AllowMetered) }, section => section.AllowMetered ? "allow" : "deny"),
        new("metered_file", (section, value) => section with { MeteredFile = value.FilePath() }),
        new("max_kbps", (section, value) => section with { MaxKbps = Math.Min(value.Whole(UpdatePolicy.LeastKbps, UpdatePolicy.MostKbps), section.MaxKbps ?? UpdatePolicy.MostKbps) }, section => section.MaxKbps),
        new("hold_file", (section, value) => section with { HoldFile = value.FilePath() }),
        new("auto_activate", (section, value) => section with { AutoActivate = value.Flag() && section.AutoActivate }, section => section.AutoActivate),
        new("min_free_megabytes", (section, value) => section with { MinFreeMegabytes = value.Whole(1, 1 << 20) }),
        new("revoked", (section, value) => section with { RevokedMakesWay = value.OneOf("fail-safe", "keep-running") == "fail-safe" }),
        new("audit_directory", (section, value) => section with { AuditDirectory = value.FilePath() }),
        new("audit_megabytes", (section, value) => section with { AuditMegabytes = value.Whole(1, 1024) }),
        new("shadow_share", (section, value) => section with { ShadowShare = value.Number(0.01, 1) }),
        new("shadow_minutes", (section, value) => section with { ShadowMinutes = value.Number(0, MostMinutes) }),
        new("probation_minutes", (section, value) => section with { ProbationMinutes = value.Number(0, MostMinutes) }),
    ];

    public static readonly ConfigurationKey<TelemetryOptions>[] Telemetry =
    [
        new("interval_seconds", (section, value) => section with { IntervalSeconds = value.Number(1, 3600) }, section => section.IntervalSeconds),
    ];

    public static readonly ConfigurationKey<HttpOptions>[] Http =
    [
        new("enabled", (section, value) => section with { Enabled = value.Flag() }),
        new("listen", (section, value) => section with { Listen = value.Text() }),
        new("port", (section, value) => section with { Port = value.Whole(1, 65535) }),
        new("token_file", (section, value) => section with { TokenFile = value.FilePath() }),
    ];

    public static readonly ConfigurationKey<CameraOptions>[] Camera =
    [
        new("id", (section, value) => section with { Id = value.Name() }),
        new("enabled", (section, value) => section with { Enabled = value.Flag() }, section => section.Enabled),
        new("source", (section, value) => section with { Source = value.Source() }, section => UrlSecrets.Remove(section.Source, section.Source)),
        new("profile", (section, value) => section with { Profile = value.Name() }),
        new("paced", (section, value) => section with { Paced = value.Flag() }, section => section.Paced),
        new("loop", (section, value) => section with { Loop = value.Flag() }, section => section.Loop),
        new("frames_per_second", (section, value) => section with { FramesPerSecond = value.Number(0.01, 240) }, section => section.FramesPerSecond),
        new("stall_seconds", (section, value) => section with { StallSeconds = value.Number(1, 300) }, section => section.StallSeconds),
        new("max_backoff_seconds", (section, value) => section with { MaxBackoffSeconds = value.Number(1, 600) }, section => section.MaxBackoffSeconds),
        new("rtsp_transport", (section, value) => section with { RtspTransport = Enum.Parse<RtspTransport>(value.OneOf("tcp", "udp"), ignoreCase: true) }, section => section.RtspTransport.ToString().ToLowerInvariant()),
        // laid over the file's, never in their place: what is private at the site cannot be uncovered from afar
        new("masks", (section, value) => section with { Masks = [.. section.Masks, .. value.Polygons()] }, section => new JsonArray([.. section.Masks.Select(Corners)])),
        new("regions", (section, value) => section with { Regions = value.Regions() }, section => new JsonObject(section.Regions.Select(region => KeyValuePair.Create(region.Id, Corners(region.Area))))),
        new("decoder_arguments", (section, value) => section with { DecoderArguments = value.Texts() }),
        new("decoder_path", (section, value) => section with { DecoderPath = value.Text() }),
    ];

    private static JsonNode? Corners(Polygon area) => new JsonArray([.. area.Corners.Select(corner => JsonValue.Create(corner))]);

    public static readonly string[] Sections = ["device", "hub", "provisioning", "broker", "model", "update", "telemetry", "http", "camera"];
}
