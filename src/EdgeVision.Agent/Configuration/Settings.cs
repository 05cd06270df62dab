using EdgeVision.Capture;
using EdgeVision.Hub;
using EdgeVision.Inference;

namespace EdgeVision.Agent;

/// <summary>From what the user wrote to what each room wants to be told.</summary>
internal static class Settings
{
    /// <summary>Beside those that wait: being filled, being looked at, and one to spare.</summary>
    private const int FramesElsewhere = 3;

    public static InferenceOptions InferenceOf(ModelOptions model) => new()
    {
        Threads = model.Threads, Spinning = model.Spinning, Providers = model.Providers, Require = model.Require, AllowDegraded = model.AllowDegraded,
        NativeLibrary = model.NativeLibrary, MinConfidence = () => model.MinConfidence,
    };

    public static FrameSourceOptions SourceOf(CameraOptions camera) => new()
    {
        Live = true, Paced = camera.Paced, Loop = camera.Loop, FramesPerSecond = camera.FramesPerSecond, StallSeconds = camera.StallSeconds,
        MaxBackoffSeconds = camera.MaxBackoffSeconds, RtspTransport = camera.RtspTransport, ExtraInputArguments = camera.DecoderArguments, FfmpegPath = camera.DecoderPath,
        PoolFrames = FlowLane.Depth + FramesElsewhere,
    };

    public static BrokerOptions BrokerOf(BrokerSection broker, string device) => new()
    {
        Host = broker.Host, Port = broker.Port, Tls = broker.Tls, CaFile = broker.CaFile, CertificateFile = broker.CertificateFile, KeyFile = broker.KeyFile,
        User = broker.User, PasswordFile = broker.PasswordFile, Protocol = broker.Protocol, ClientId = broker.ClientId, KeepAliveSeconds = broker.KeepAliveSeconds,
        Topics = TopicsOf(broker, device),
        HomeAssistant = broker.HomeAssistant
            ? new HomeAssistantOptions { Prefix = broker.HomeAssistantPrefix, Classes = broker.HomeAssistantClasses.Words, SoftwareVersion = DeviceView.Version }
            : null,
    };

    public static BrokerTopics TopicsOf(BrokerSection broker, string device) => new()
    {
        Device = device, Telemetry = broker.TelemetryTopic, Status = broker.StatusTopic, State = broker.StateTopic, Desired = broker.DesiredTopic, Command = broker.CommandTopic,
    };

    public static OutboxOptions OutboxOf(AgentOptions options, ClockQuality clock)
    {
        var hub = options.Hub ?? new HubSection();
        var (megabytes, backlog) = options.Broker is { } broker ? (broker.OutboxMegabytes, broker.BacklogPerSecond) : (hub.OutboxMegabytes, hub.BacklogPerSecond);
        return new OutboxOptions { Path = OutboxFile(options), DiskBytes = (long)megabytes << 20, BacklogPerSecond = backlog, ClockIsSynced = () => clock.IsSynced };
    }

    public static string OutboxFile(AgentOptions options) => Path.Combine(options.Device.StateDirectory, "outbox.db");

    /// <returns>Null where no hub is configured.</returns>
    /// <exception cref="HubException">A file cannot be read, or does not hold what it should.</exception>
    public static HubOptions? HubOf(AgentOptions options)
    {
        if (options is { Hub: null, Provisioning: null })
        {
            return null;
        }

        var hub = options.Hub ?? new HubSection();
        return new HubOptions
        {
            ConnectionString = options.Provisioning is null ? HubConnectionString.Parse(Read(hub.ConnectionStringFile, "the connection string that the hub gave when the device was enrolled")) : null,
            Provisioning = options.Provisioning is { } provisioning ? ProvisioningOf(provisioning, options.Device.StateDirectory) : null,
            CaFile = hub.CaFile, CertificateFile = hub.CertificateFile, KeyFile = hub.KeyFile, Transport = hub.Transport, Proxy = ProxyOf(hub),
            KeepAliveSeconds = hub.KeepAliveSeconds, ProductInfo = $"EdgeVision/{DeviceView.Version}", ModelId = "dtmi:edgevision:Device;1",
        };
    }

    private static ProvisioningOptions ProvisioningOf(ProvisioningSection provisioning, string stateDirectory) => new()
    {
        IdScope = provisioning.IdScope, RegistrationId = provisioning.RegistrationId, StateDirectory = stateDirectory,
        Endpoint = HubEndpoint.TryParse(provisioning.Endpoint, provisioning.HttpsPort)!,
        Key = provisioning.KeyFile is { } file ? ProvisioningOptions.RequireKey(Read(file, "the device's key at the provisioning service, base64"), file) : null,
    };

    private static Uri? ProxyOf(HubSection hub)
    {
        if (hub is not { Proxy: { } proxy, ProxyCredentialsFile: { } file })
        {
            return hub.Proxy;
        }

        return Read(file, "user:password of the proxy").Split(':', 2) is [var user, var password]
            ? new UriBuilder(proxy) { UserName = Uri.EscapeDataString(user), Password = Uri.EscapeDataString(password) }.Uri
            : throw new HubException($"{file}: should hold user:password of the proxy, in one line.");
    }

    private static string Read(string file, string what)
    {
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new HubException($"{file}: {exception.Message} It should hold {what}.", exception);
        }
    }
}
