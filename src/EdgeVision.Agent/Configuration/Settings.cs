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
        NativeLibrary = model.NativeLibrary, MinConfidence = model.MinConfidence,
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
        var (megabytes, backlog) = options.Hub is { } hub ? (hub.OutboxMegabytes, hub.BacklogPerSecond) : (options.Broker!.OutboxMegabytes, options.Broker.BacklogPerSecond);
        return new OutboxOptions { Path = OutboxFile(options), DiskBytes = (long)megabytes << 20, BacklogPerSecond = backlog, ClockIsSynced = () => clock.IsSynced };
    }

    public static string OutboxFile(AgentOptions options) => Path.Combine(options.Device.StateDirectory, "outbox.db");

    /// <exception cref="HubException">The file cannot be read, or holds no connection string.</exception>
    public static HubOptions HubOf(HubSection hub)
    {
        try
        {
            return new HubOptions
            {
                ConnectionString = HubConnectionString.Parse(File.ReadAllText(hub.ConnectionStringFile).Trim()), CaFile = hub.CaFile, KeepAliveSeconds = hub.KeepAliveSeconds,
                ProductInfo = $"EdgeVision/{DeviceView.Version}",
            };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new HubException($"{hub.ConnectionStringFile}: {exception.Message} It should hold the connection string that the hub gave when the device was enrolled.", exception);
        }
    }
}
