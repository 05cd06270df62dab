using System.Diagnostics;
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
    private readonly UpdateWorker _updates;
    private readonly DeviceView _view;
    private readonly LocalServer? _server;
    private readonly SystemdNotifier _systemd;
    private readonly LiveConfiguration _configuration;
    private readonly ClockWatch _clockWatch;
    private readonly VisionWorker _worker;
    private readonly SemaphoreSlim _intervalBegins = new(0);

    /// <exception cref="HubException">The connection string or CA cannot be used.</exception>
    /// <exception cref="PackageException">No model to serve.</exception>
    /// <exception cref="InferenceException">The model cannot run here.</exception>
    public Daemon(string file, AgentOptions options, TimeProvider time, ILoggerFactory loggers, LogRing log)
    {
        (_time, _logger) = (time, loggers.CreateLogger<Daemon>());
        _configuration = new LiveConfiguration(file, options, new OverlayStore(options.Device.StateDirectory), loggers.CreateLogger<LiveConfiguration>())
        {
            Leaving = () => _reporter!.Flush(), Apply = Apply, Refused = faults => _reporter!.Event("config.refused", detail: LogSecrets.Remove(faults)), Report = answer => _hub?.Report(ConfigurationOverlay.Root, answer),
        };
        var clock = new ClockQuality(time);
        var hub = Settings.HubOf(options) is { } hubOptions
            ? new HubClient(hubOptions with { Outbox = Settings.OutboxOf(options, clock), ClockIsSet = () => clock.IsSet }, time, loggers.CreateLogger<HubClient>())
            : null;
        // One name for the whole run, be it from before an assignment: results are told apart by device, boot and number.
        var device = hub?.DeviceId ?? options.Device.Id;
        _broker = options.Broker is { } broker
            ? new BrokerClient(Settings.BrokerOf(broker, device) with { Outbox = Settings.OutboxOf(options, clock), ClockIsSet = () => clock.IsSet }, time, loggers.CreateLogger<BrokerClient>())
            : null;
        _hub = hub ?? (ICloudLink?)_broker;

        var audit = new AuditLog(UpdateSettings.AuditDirectoryOf(options), (long)options.Update.AuditMegabytes << 20, time, loggers.CreateLogger<AuditLog>());
        var updater = new ModelUpdater(
            UpdateSettings.UpdateOf(options), time, loggers.CreateLogger<ModelUpdater>(), new UpdateSite(() => UpdateSettings.SiteOf(_configuration.Current.Update), UpdateSettings.ConditionsOf(options), audit));
        var inference = Settings.InferenceOf(options.Model) with { MinConfidence = () => _configuration.Current.Model.MinConfidence };
        var (serving, first) = LoadFirst(updater.Recover(), options.Model.Directory, inference);
        _active = new ActiveModel(first, _limiter.Wake);

        var stamp = new MessageStamp(device, () => _active.Identity, () => _configuration.Current.Hash, clock, time);
        _reporter = new TelemetryReporter(stamp, message => _hub?.Send(message), time);
        _cameras = new CameraSet(_limiter, CameraChanged, time, loggers);
        _reporter.Cameras = () => _cameras.All;

        _heartbeat = new Heartbeat(time);
        var trial = TrialSettings.Of(options.Update);
        var observer = new ServiceObserver(trial.LongestPause, time);
        _trial = new ModelTrial(_active, serving, observer, Senses(), trial, inference, time, loggers.CreateLogger<ModelTrial>());
        _worker = new VisionWorker(_limiter, _active, observer, _picture, _reporter, _heartbeat, loggers.CreateLogger<VisionWorker>());
        _updates = new UpdateWorker(updater, _trial, _hub, options.Device.StateDirectory, () => clock.IsSet, time, loggers.CreateLogger<UpdateWorker>());
        _view = new DeviceView(stamp, device, _active, _cameras, _reporter, updater, _hub, clock, () => _configuration.Current.Hash);
        _server = options.Http.Enabled ? new LocalServer(options.Http, _view, _picture, _heartbeat) : null;
        _systemd = new SystemdNotifier(_heartbeat, time);
        _clockWatch = new ClockWatch(clock, _reporter, () => _hub?.TryNow(), time, loggers.CreateLogger<ClockWatch>());
        if (_hub is not null)
        {
            _hub.DesiredChanged = DesiredChanged;
            _hub.OutboxNoticed = _reporter.Outbox;
            var methods = MethodsOf(log, hub, updater);
            foreach (var name in methods.Names)
            {
                _hub.OnMethod(name, (payload, cancellationToken) => methods.CallAsync(name, payload, cancellationToken));
            }

            if (hub is not null)
            {
                hub.OnCloudMessage = new CloudCommands(methods, _reporter, loggers.CreateLogger<CloudCommands>()).RunAsync;
            }
        }
    }

    /// <summary>Until cancelled.</summary>
    /// <exception cref="IOException">The page's port is taken.</exception>
    /// <exception cref="InvalidOperationException">A part broke that nothing here can mend: better to be started anew than to go on half.</exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        var options = _configuration.Current;
        using var running = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        if (_server is not null)
        {
            await _server.StartAsync().ConfigureAwait(false);
            Log.Page(_logger, options.Http.Listen, options.Http.Port);
        }

        var loop = new Thread(() => _worker.Run(running.Token)) { Name = "vision" };
        loop.Start();
        Apply(options.Cameras);
        _reporter.Event("daemon.started", detail: $"edgevisiond {DeviceView.Version}");
        Log.Started(_logger, _active.Identity.Name, _active.Identity.Version, _active.Placement.Provider, _cameras.All.Count);
        _systemd.Ready();

        using var hubStopping = new CancellationTokenSource();
        var hub = _hub?.RunAsync(hubStopping.Token) ?? Task.CompletedTask;
        Task[] parts = [ReportAsync(running.Token), _configuration.RunAsync(running.Token), _clockWatch.RunAsync(running.Token), _systemd.RunAsync(running.Token), _updates.RunAsync(running.Token)];
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
    public void Reload() => _ = _configuration.ReloadAsync();

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync().ConfigureAwait(false);
        }

        _hub?.Dispose();
        _trial.Dispose();
        _active.Dispose();
        _intervalBegins.Dispose();
    }

    /// <summary>A model that came over the air and does not run any more (another ONNX Runtime, another provider) must not keep the device from starting.</summary>
    private (ModelPackage Package, VisionModel Model) LoadFirst(ModelPackage recovered, string factory, InferenceOptions inference)
    {
        try
        {
            return (recovered, VisionModel.Load(recovered, inference));
        }
        catch (InferenceException exception) when (recovered.Directory != factory)
        {
            Log.FellBack(_logger, exception.Message, factory);
            var package = ModelPackage.Open(factory);
            return (package, VisionModel.Load(package, inference));
        }
    }

    private ProbationSenses Senses() => new()
    {
        Dropped = () => _cameras.All.Sum(camera => camera.Dropped), Hub = () => _hub?.Status, HeartbeatAge = () => _heartbeat.Age, Stuck = DieAsync,
    };

    /// <summary>A thread in native code ends only with its process; systemd starts the next one, and the updater sees a start that was not clean.</summary>
    private async Task DieAsync(string reason)
    {
        Log.Stuck(_logger, reason);
        await Task.Delay(LastWords, _time).ConfigureAwait(false); // the log is written by another thread
        Process.GetCurrentProcess().Kill();
    }

    private DeviceMethods MethodsOf(LogRing log, HubClient? hub, ModelUpdater updater) => new(
    [
        PlainMethods.Ping(_time), PlainMethods.Status(_view), PlainMethods.Reload(_configuration), LogsMethod.Create(log), SelftestMethod.Create(_configuration, _view, _time),
        new SnapshotMethod(_picture, _configuration, hub is null ? null : hub.UploadAsync).Method, .. new ModelUpdateMethods(_updates.Ask, () => updater.Report).All,
    ], _time);

    private void DesiredChanged(JsonObject desired)
    {
        _configuration.Wish(desired);
        _updates.Wish(desired);
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
            // another configuration ends the interval by itself; the next one counts from there
            if (!await _intervalBegins.WaitAsync(TimeSpan.FromSeconds(_configuration.Current.Telemetry.IntervalSeconds), stopping).ConfigureAwait(false))
            {
                _reporter.Flush();
            }
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

    private void Apply(AgentOptions before, AgentOptions options)
    {
        Apply(options.Cameras);
        _intervalBegins.Release();
        Log.Applied(_logger, options.Hash, _cameras.All.Count);
        _reporter.Event("config.applied", detail: options.Hash);
        if (options.NeedsRestartAfter(before))
        {
            Log.NeedsRestart(_logger);
        }
    }

    private void Apply(IReadOnlyList<CameraOptions> cameras)
    {
        _reporter.Watch(cameras);
        _cameras.Apply(cameras);
        _broker?.ShowCameras([.. _cameras.All.Select(camera => camera.Options.Id)]);
    }

    private static partial class Log
    {
        [LoggerMessage(7100, LogLevel.Information, "serving {Model} {Version} on {Provider}, {Cameras} camera(s)")]
        public static partial void Started(ILogger logger, string model, string version, string provider, int cameras);

        [LoggerMessage(7101, LogLevel.Information, "live page at http://{Address}:{Port}/")]
        public static partial void Page(ILogger logger, string address, int port);

        [LoggerMessage(7102, LogLevel.Information, "configuration {Hash} applied, {Cameras} camera(s)")]
        public static partial void Applied(ILogger logger, string hash, int cameras);

        [LoggerMessage(7104, LogLevel.Warning, "device, hub, provisioning, broker, model, http and the files and disk shares of update take effect at the next start; cameras, model.min_confidence, the rest of update and telemetry are in effect now")]
        public static partial void NeedsRestart(ILogger logger);

        [LoggerMessage(7106, LogLevel.Error, "the model in service does not run any more: {Reason} Serving the one of {Directory}")]
        public static partial void FellBack(ILogger logger, string reason, string directory);

        [LoggerMessage(7107, LogLevel.Critical, "{Reason}; ending the process so that it is started anew")]
        public static partial void Stuck(ILogger logger, string reason);

        [LoggerMessage(7105, LogLevel.Information, "stopped")]
        public static partial void Stopped(ILogger logger);
    }
}
