using EdgeVision.Imaging;

namespace EdgeVision.Agent;

/// <summary>What the user wrote: <c>edgevision.toml</c>, every key at its default until the file says otherwise.</summary>
/// <remarks>Keys, limits and defaults stand in <see cref="ConfigurationKeys"/>; <c>deploy/edgevision.toml</c> documents them for people.</remarks>
internal sealed record AgentOptions
{
    public DeviceOptions Device { get; init; } = new();

    /// <summary>Null = no hub: the daemon sees, and shows it on its page only.</summary>
    public HubSection? Hub { get; init; }

    /// <summary>Null = the connection string says which hub.</summary>
    public ProvisioningSection? Provisioning { get; init; }

    /// <summary>In place of a hub: a plain MQTT broker.</summary>
    public BrokerSection? Broker { get; init; }

    public ModelOptions Model { get; init; } = new();

    public UpdateSection Update { get; init; } = new();

    public TelemetryOptions Telemetry { get; init; } = new();

    public HttpOptions Http { get; init; } = new();

    public IReadOnlyList<CameraOptions> Cameras { get; init; } = [];

    /// <summary><c>sha256:</c> and the first 16 digits of the digest of the file, and of what the hub wishes where it wishes something: stands on every message, so that a result can be traced to a configuration (F5).</summary>
    public string Hash { get; init; } = "";

    /// <summary>Whether something changed that a running daemon cannot change.</summary>
    public bool NeedsRestartAfter(AgentOptions before) =>
        (Device, Hub, Provisioning, Broker, Http, Model with { Providers = before.Model.Providers, MinConfidence = before.Model.MinConfidence }) != (before.Device, before.Hub, before.Provisioning, before.Broker, before.Http, before.Model)
            || !Model.Providers.SequenceEqual(before.Model.Providers)
            || !FixedOf(Update).Equals(FixedOf(before.Update));

    /// <summary>What the updater is told once.</summary>
    private static object FixedOf(UpdateSection update) => (update.RootFile, update.MeteredFile, update.HoldFile, update.MinFreeMegabytes, update.AuditDirectory, update.AuditMegabytes);
}

/// <summary>Section <c>[device]</c>.</summary>
internal sealed record DeviceOptions
{
    /// <summary>Where models and update state are kept. Default /var/lib/edgevision.</summary>
    public string StateDirectory { get; init; } = "/var/lib/edgevision";

    /// <summary>Name in telemetry where there is no hub. Default: the host name.</summary>
    public string Id { get; init; } = Environment.MachineName;

    /// <summary>trace, debug, information, warning or error. Default information.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;
}

/// <summary>Section <c>[hub]</c>.</summary>
internal sealed record HubSection
{
    /// <summary>File with the connection string, so that the key does not stand in the configuration. Required without <c>[provisioning]</c>.</summary>
    public string ConnectionStringFile { get; init; } = "";

    /// <summary>auto, mqtt or websocket. Default auto.</summary>
    public Hub.HubTransport Transport { get; init; }

    /// <summary>The device's certificate, PEM; null = a shared access key.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>The certificate's key, PEM.</summary>
    public string? KeyFile { get; init; }

    /// <summary>http://host:port, for WebSocket and file upload; null = none.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>File with the proxy's <c>user:password</c>; null = none.</summary>
    public string? ProxyCredentialsFile { get; init; }

    /// <summary>CA of a hub of one's own, PEM; null = those of the operating system.</summary>
    public string? CaFile { get; init; }

    /// <summary>Seconds, 5 to 1177. Default 60.</summary>
    public double KeepAliveSeconds { get; init; } = 60;

    /// <summary>What messages that wait may take of the disk, MiB, 1 to 4096. Default 128: more than a day of 10 events a second.</summary>
    public int OutboxMegabytes { get; init; } = 128;

    /// <summary>Messages of before the connection that are sent in a second, 1 to 10000. Default 200.</summary>
    public int BacklogPerSecond { get; init; } = 200;
}

/// <summary>Section <c>[provisioning]</c>.</summary>
internal sealed record ProvisioningSection
{
    /// <summary>Required.</summary>
    public string IdScope { get; init; } = "";

    /// <summary>Required.</summary>
    public string RegistrationId { get; init; } = "";

    /// <summary>File with the device's key, base64; null = the certificate of <c>[hub]</c>.</summary>
    public string? KeyFile { get; init; }

    /// <summary>host or host:port. Default Azure's.</summary>
    public string Endpoint { get; init; } = "global.azure-devices-provisioning.net";

    /// <summary>Of the service and of the hub it assigns. Default 443.</summary>
    public int HttpsPort { get; init; } = Hub.HubEndpoint.DefaultHttpsPort;
}

/// <summary>Section <c>[model]</c>.</summary>
internal sealed record ModelOptions
{
    /// <summary>Package served until the hub sends another. Required.</summary>
    public string Directory { get; init; } = "";

    /// <summary>Threads within one operator, 1 to 64. Default 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Waiting threads burn the processor. Default false.</summary>
    public bool Spinning { get; init; }

    public IReadOnlyList<string> Providers { get; init; } = ["tensorrt", "cuda", "cpu"];

    /// <summary>Refuse a model of which any node would run elsewhere. Default none.</summary>
    public string? Require { get; init; }

    public bool AllowDegraded { get; init; }

    /// <summary>Another libonnxruntime.so (Jetson). Default: the one beside the program.</summary>
    public string? NativeLibrary { get; init; }

    /// <summary>Replaces the package's confidence limit, 0 to 1.</summary>
    public float? MinConfidence { get; init; }
}

/// <summary>Section <c>[telemetry]</c>.</summary>
internal sealed record TelemetryOptions
{
    /// <summary>Seconds that one interval message sums up, 1 to 3600. Default 5.</summary>
    public double IntervalSeconds { get; init; } = 5;
}

/// <summary>Section <c>[http]</c>.</summary>
internal sealed record HttpOptions
{
    public bool Enabled { get; init; } = true;

    /// <summary>Default 127.0.0.1. Any other address needs <see cref="TokenFile"/>.</summary>
    public string Listen { get; init; } = "127.0.0.1";

    /// <summary>1 to 65535. Default 8080.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>File with the word that every request except /healthz must carry (Authorization: Bearer ...).</summary>
    public string? TokenFile { get; init; }
}

/// <summary>One <c>[[camera]]</c>.</summary>
internal sealed record CameraOptions
{
    /// <summary>1 to 64 of a-z A-Z 0-9 . _ -, its own. Required.</summary>
    public string Id { get; init; } = "";

    /// <summary>False = as if it were not there. Default true.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>rtsp://, http(s)://, synthetic://intersection, a file or a folder of pictures. Credentials are never logged. Required.</summary>
    public string Source { get; init; } = "";

    /// <summary>Kind of camera in the site's own words, as in rgb-640: a model that asks for kinds of camera (<c>requires.cameraProfile</c>) is installed only if each one here is among them. Default none.</summary>
    public string? Profile { get; init; }

    /// <summary>A file comes in real time. Default true.</summary>
    public bool Paced { get; init; } = true;

    /// <summary>A file begins again at its end. Default false.</summary>
    public bool Loop { get; init; }

    /// <summary>Of a folder of pictures, 0.01 to 240. Default 1.</summary>
    public double FramesPerSecond { get; init; } = 1;

    /// <summary>Seconds without a frame before a network source is opened again, 1 to 300. Default 5.</summary>
    public double StallSeconds { get; init; } = 5;

    /// <summary>Longest wait before a source is opened again, 1 to 600. Default 30.</summary>
    public double MaxBackoffSeconds { get; init; } = 30;

    /// <summary>Default tcp.</summary>
    public Capture.RtspTransport RtspTransport { get; init; }

    /// <summary>Put before the decoder's input, for example -hwaccel.</summary>
    public IReadOnlyList<string> DecoderArguments { get; init; } = [];

    /// <summary>The decoder program. Default ffmpeg.</summary>
    public string DecoderPath { get; init; } = "ffmpeg";

    /// <summary>What nobody may see: black before anything looks at the frame. Default none.</summary>
    public IReadOnlyList<Polygon> Masks { get; init; } = [];

    /// <summary>What is counted by itself. Default none.</summary>
    public IReadOnlyList<Region> Regions { get; init; } = [];

    // A list compares by reference: a reload must not restart a camera whose lines did not change.
    public bool Equals(CameraOptions? other) => other is not null
        && (Id, Enabled, Source, Profile, Paced, Loop, FramesPerSecond, StallSeconds, MaxBackoffSeconds, RtspTransport, DecoderPath)
            == (other.Id, other.Enabled, other.Source, other.Profile, other.Paced, other.Loop, other.FramesPerSecond, other.StallSeconds, other.MaxBackoffSeconds, other.RtspTransport, other.DecoderPath)
        && DecoderArguments.SequenceEqual(other.DecoderArguments) && Masks.SequenceEqual(other.Masks) && Regions.SequenceEqual(other.Regions);

    public override int GetHashCode() => HashCode.Combine(Id, Source);
}
