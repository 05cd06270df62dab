using EdgeVision.Capture;

namespace EdgeVision.Agent;

/// <summary>The cameras that run, brought in line with the configuration: those whose lines did not change run on untouched.</summary>
internal sealed partial class CameraSet(FlowLimiter limiter, Action<string, SourceStatus> changed, TimeProvider time, ILoggerFactory loggers) : IDisposable
{
    private readonly ILogger<CameraSet> _logger = loggers.CreateLogger<CameraSet>();
    private volatile IReadOnlyList<CameraWorker> _cameras = [];

    /// <summary>A snapshot; any thread.</summary>
    public IReadOnlyList<CameraWorker> All => _cameras;

    /// <summary>One thread at a time.</summary>
    public void Apply(IReadOnlyList<CameraOptions> cameras)
    {
        var wanted = cameras.Where(camera => camera.Enabled).ToList();
        var staying = _cameras.Where(camera => wanted.Contains(camera.Options)).ToList();
        foreach (var leaving in _cameras.Except(staying))
        {
            Log.Stopped(_logger, leaving.Options.Id);
            leaving.Dispose();
        }

        var coming = wanted.Where(options => staying.All(camera => !camera.Options.Equals(options)));
        _cameras = [.. staying, .. coming.Select(Start)];
    }

    public void Dispose() => Parallel.ForEach(_cameras, camera => camera.Dispose());

    private CameraWorker Start(CameraOptions options)
    {
        Log.Started(_logger, options.Id);
        return new CameraWorker(options, limiter, changed, time, loggers);
    }

    private static partial class Log
    {
        [LoggerMessage(7020, LogLevel.Information, "{Camera}: starting")]
        public static partial void Started(ILogger logger, string camera);

        [LoggerMessage(7021, LogLevel.Information, "{Camera}: stopping, as the configuration says")]
        public static partial void Stopped(ILogger logger, string camera);
    }
}
