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

    /// <exception cref="HubException">The file cannot be read, or holds no connection string.</exception>
    public static HubOptions HubOf(HubSection hub)
    {
        try
        {
            return new HubOptions
            {
                ConnectionString = HubConnectionString.Parse(File.ReadAllText(hub.ConnectionStringFile).Trim()), CaFile = hub.CaFile, KeepAliveSeconds = hub.KeepAliveSeconds,
                ProductInfo = $"EdgeVision/{DeviceView.Version}", ModelId = "dtmi:edgevision:Device;1",
            };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new HubException($"{hub.ConnectionStringFile}: {exception.Message} It should hold the connection string that the hub gave when the device was enrolled.", exception);
        }
    }
}
