using System.Text.Json.Nodes;
using EdgeVision.Capture;
using EdgeVision.Hub;
using EdgeVision.Inference;
using EdgeVision.Packaging;
using EdgeVision.Update;

namespace EdgeVision.Agent;

/// <summary>How the rooms meet: one screen that makes everything, starts it, and takes it down again in the opposite order.</summary>
internal sealed partial class Daemon : IAsyncDisposable
{
    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(500), Look = TimeSpan.FromMilliseconds(20);
    private readonly string _file;
    private readonly TimeProvider _time;
    private readonly ILogger<Daemon> _logger;
    private readonly FlowLimiter _limiter = new();
    private readonly ActiveModel _active;
    private readonly LivePicture _picture = new();
    private readonly Heartbeat _heartbeat;
    private readonly TelemetryReporter _reporter;
    private readonly CameraSet _cameras;
    private readonly ModelTrial _trial;
    private readonly BrokerClient? _broker;
    private readonly ICloudLink? _hub;
    private readonly UpdateWorker? _updates;
    private readonly DeviceView _view;
    private readonly LocalServer? _server;
    private readonly SystemdNotifier _systemd;
    private readonly RemoteSettings _remote;
    private readonly VisionWorker _worker;
    private readonly SemaphoreSlim _reload = new(0);
    private volatile AgentOptions _options;

    /// <exception cref="HubException">The connection string or CA cannot be used.</exception>
    /// <exception cref="PackageException">No model to serve.</exception>
    /// <exception cref="InferenceException">The model cannot run here.</exception>
    public Daemon(string file, AgentOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        (_file, _options, _time, _logger) = (file, options, time, loggers.CreateLogger<Daemon>());
        var clock = new ClockQuality();
        var hub = Settings.HubOf(options) is { } hubOptions ? new HubClient(hubOptions with { Outbox = Settings.OutboxOf(options, clock) }, time, loggers.CreateLogger<HubClient>()) : null;
        // One name for the whole run, be it from before an assignment: results are told apart by device, boot and number.
        var device = hub?.DeviceId ?? options.Device.Id;
        _broker = options.Broker is { } broker ? new BrokerClient(Settings.BrokerOf(broker, device) with { Outbox = Settings.OutboxOf(options, clock) }, time, loggers.CreateLogger<BrokerClient>()) : null;
        _hub = hub ?? (ICloudLink?)_broker;

        var updater = new ModelUpdater(
            new UpdateOptions { StateDirectory = options.Device.StateDirectory, FactoryDirectory = options.Model.Directory, CaFile = options.Hub?.CaFile ?? options.Broker?.CaFile }, time, loggers.CreateLogger<ModelUpdater>());
        _active = new ActiveModel(LoadFirst(updater.Recover(), options.Model), _limiter.Wake);
        _trial = new ModelTrial(_active, () => Settings.InferenceOf(_options.Model));

        var stamp = new MessageStamp(device, () => _active.Identity, () => _options.Hash, clock, time);
        _reporter = new TelemetryReporter(stamp, message => _hub?.Send(message), time);
        _cameras = new CameraSet(_limiter, CameraChanged, time, loggers);
        _reporter.Cameras = () => _cameras.All;

        _heartbeat = new Heartbeat(time);
        _worker = new VisionWorker(_limiter, _active, _picture, _reporter, _heartbeat, loggers.CreateLogger<VisionWorker>());
        _updates = _hub is null ? null : new UpdateWorker(updater, _trial, _hub, loggers.CreateLogger<UpdateWorker>());
        _view = new DeviceView(stamp, device, _active, _cameras, _reporter, updater, _hub, clock, () => _options.Hash);
        _server = options.Http.Enabled ? new LocalServer(options.Http, _view, _picture, _heartbeat) : null;
        _systemd = new SystemdNotifier(_heartbeat, time);
        _remote = new RemoteSettings(_hub);
        if (_hub is not null)
        {
            _hub.DesiredChanged = DesiredChanged;
            _hub.OutboxNoticed = _reporter.Outbox;
            HubMethods.Register(_hub, _view, time);
        }
    }

    /// <summary>Until cancelled.</summary>
    /// <exception cref="IOException">The page's port is taken.</exception>
    /// <exception cref="InvalidOperationException">A part broke that nothing here can mend: better to be started anew than to go on half.</exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var running = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        if (_server is not null)
        {
            await _server.StartAsync().ConfigureAwait(false);
            Log.Page(_logger, _options.Http.Listen, _options.Http.Port);
        }

        var loop = new Thread(() => _worker.Run(running.Token)) { Name = "vision" };
        loop.Start();
        Apply(_options.Cameras);
        _reporter.Event("daemon.started", detail: $"edgevisiond {DeviceView.Version}");
        Log.Started(_logger, _active.Identity.Name, _active.Identity.Version, _active.Placement.Provider, _options.Cameras.Count);
        _systemd.Ready();

        using var hubStopping = new CancellationTokenSource();
        var hub = _hub?.RunAsync(hubStopping.Token) ?? Task.CompletedTask;
        Task[] parts = [ReportAsync(running.Token), ReloadAsync(running.Token), _systemd.RunAsync(running.Token), _updates?.RunAsync(running.Token) ?? Task.CompletedTask];
        foreach (var part in parts)
        {
            _ = part.ContinueWith(_ => running.Cancel(), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, _time, running.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        _systemd.Stopping();
        _cameras.Dispose();
        _limiter.Wake();
        loop.Join();
        await Task.WhenAll(parts).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await LastWordsAsync().ConfigureAwait(false);
        await hubStopping.CancelAsync().ConfigureAwait(false);
        await hub.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (parts.FirstOrDefault(part => part.IsFaulted)?.Exception is { } broken)
        {
            throw new InvalidOperationException("A part of the daemon broke.", broken.InnerException);
        }

        Log.Stopped(_logger);
    }

    /// <summary>Reads the configuration again, soon. Any thread.</summary>
    public void Reload() => _reload.Release();

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync().ConfigureAwait(false);
        }

        _hub?.Dispose();
        _trial.Dispose();
        _active.Dispose();
        _reload.Dispose();
    }

    /// <summary>A model that came over the air and does not run any more (another ONNX Runtime, another provider) must not keep the device from starting.</summary>
    private VisionModel LoadFirst(ModelPackage recovered, ModelOptions model)
    {
        try
        {
            return VisionModel.Load(recovered, Settings.InferenceOf(model));
        }
        catch (InferenceException exception) when (recovered.Directory != model.Directory)
        {
            Log.FellBack(_logger, exception.Message, model.Directory);
            return VisionModel.Load(ModelPackage.Open(model.Directory), Settings.InferenceOf(model));
        }
    }

    private void DesiredChanged(JsonObject desired)
    {
        _remote.Wish(desired);
        _updates!.Wish(desired);
    }

    /// <summary>What the last interval saw still goes out, if the hub takes it at once.</summary>
    private async Task LastWordsAsync()
    {
        _reporter.Event("daemon.stopping");
        for (var waited = TimeSpan.Zero; waited < LastWords && _hub is { Status: { State: HubState.Connected, Waiting: > 0 } }; waited += Look)
        {
            await Task.Delay(Look, _time).ConfigureAwait(false);
        }
    }

    private async Task ReportAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromSeconds(_remote.IntervalSeconds ?? _options.Telemetry.IntervalSeconds), _time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _reporter.Flush();
        }
    }

    private void CameraChanged(string camera, SourceStatus status)
    {
        var lost = status.State == SourceState.Waiting;
        if (lost || status.State is SourceState.Streaming or SourceState.Ended)
        {
            _reporter.Event(lost ? "camera.lost" : status.State == SourceState.Ended ? "camera.ended" : "camera.streaming", camera, lost ? status.Failure.ToString() : null, lost ? status.Detail : null);
        }
    }

    private async Task ReloadAsync(CancellationToken stopping)
    {
        while (true)
        {
            await _reload.WaitAsync(stopping).ConfigureAwait(false);
            try
            {
                Apply(ConfigurationReader.Read(_file));
            }
            catch (ConfigurationException exception)
            {
                Log.Kept(_logger, exception.Message);
                _reporter.Event("config.refused", detail: exception.Message);
            }
        }
    }

    private void Apply(AgentOptions options)
    {
        var before = _options;
        _options = options;
        Apply(options.Cameras);
        Log.Reloaded(_logger, options.Hash, options.Cameras.Count);
        _reporter.Event("config.applied", detail: options.Hash);
        if (options.NeedsRestartAfter(before))
        {
            Log.NeedsRestart(_logger);
        }
    }

    private void Apply(IReadOnlyList<CameraOptions> cameras)
    {
        _cameras.Apply(cameras);
        _broker?.ShowCameras([.. cameras.Select(camera => camera.Id)]);
    }

    private static partial class Log
    {
        [LoggerMessage(7100, LogLevel.Information, "serving {Model} {Version} on {Provider}, {Cameras} camera(s)")]
        public static partial void Started(ILogger logger, string model, string version, string provider, int cameras);

        [LoggerMessage(7101, LogLevel.Information, "live page at http://{Address}:{Port}/")]
        public static partial void Page(ILogger logger, string address, int port);

        [LoggerMessage(7102, LogLevel.Information, "configuration {Hash} applied, {Cameras} camera(s)")]
        public static partial void Reloaded(ILogger logger, string hash, int cameras);

        [LoggerMessage(7103, LogLevel.Error, "the new configuration is wrong, the old one stays:\n{Faults}")]
        public static partial void Kept(ILogger logger, string faults);

        [LoggerMessage(7104, LogLevel.Warning, "device, hub, provisioning, broker, model and http take effect at the next start; cameras and telemetry are in effect now")]
        public static partial void NeedsRestart(ILogger logger);

        [LoggerMessage(7106, LogLevel.Error, "the model in service does not run any more: {Reason} Serving the one of {Directory}")]
        public static partial void FellBack(ILogger logger, string reason, string directory);

        [LoggerMessage(7105, LogLevel.Information, "stopped")]
        public static partial void Stopped(ILogger logger);
    }
}
