using System.Text.Json.Nodes;
using EdgeVision.Hub;
using EdgeVision.Update;

namespace EdgeVision.Agent;

/// <summary>Between those who wish and the updater: the last wish of hub or stick is carried out, and what came of it is said in the twin and beside the state.</summary>
/// <remarks>
/// A newer wish stops an older one. The same wish delivered twice is carried out once. The hub says its wish again at each connection, and everything reported is compared
/// with what the hub knows then: a notification or a report that was lost is made good. A report with nothing new but the progress goes at most every 30 s.
/// </remarks>
internal sealed partial class UpdateWorker
{
    private static readonly TimeSpan ClockLook = TimeSpan.FromSeconds(2), ImportLook = TimeSpan.FromSeconds(1), ProgressPace = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstRevocationLook = TimeSpan.FromSeconds(30), RevocationLook = TimeSpan.FromHours(1);
    private readonly ModelUpdater _updater;
    private readonly IModelTrial _trial;
    private readonly ICloudLink? _hub;
    private readonly Func<bool> _clockIsSet;
    private readonly TimeProvider _time;
    private readonly ILogger<UpdateWorker> _logger;
    private readonly WishQueue _wishes;
    private readonly ImportDesk _imports;
    private readonly UpdateStatusFile _status;
    private readonly TakenWish _taken;
    private readonly Lock _saying = new();
    private string? _lastWish;
    private string _lastImport = "";
    private volatile WishAnswer _answer = new(200, 0, "nothing was wished yet");
    private UpdateReport? _said;
    private long _saidAt;

    /// <param name="updater">Recovered.</param>
    /// <param name="hub">Null = nobody is told, and only imports come.</param>
    public UpdateWorker(ModelUpdater updater, IModelTrial trial, ICloudLink? hub, string stateDirectory, Func<bool> clockIsSet, TimeProvider time, ILogger<UpdateWorker> logger)
    {
        (_updater, _trial, _hub, _clockIsSet, _time, _logger) = (updater, trial, hub, clockIsSet, time, logger);
        _wishes = new WishQueue(Superseded);
        _imports = new ImportDesk(stateDirectory, logger);
        _status = new UpdateStatusFile(stateDirectory);
        _taken = new TakenWish(stateDirectory, logger);
        _lastWish = updater.Pending is { Source.IsFile: false } pending ? pending.DeploymentId : null;
    }

    /// <summary>The desired section as it is now; called by the hub client, returns at once.</summary>
    public void Wish(JsonObject desired)
    {
        if (desired[UpdateTwin.Key] is not { } json)
        {
            return;
        }

        var version = desired["$version"] is JsonValue number && number.TryGetValue<long>(out var whole) ? whole : 0;
        var answer = UpdateWish.TryParse(json, out var problem) is { } wish ? Take(wish, version) : new WishAnswer(400, version, problem!);
        if (answer.Code != 200 && answer.Description != _answer.Description) // at each connect the hub says the same again
        {
            Log.Refused(_logger, answer.Description);
        }

        _answer = answer;
        Say(_updater.Report);
    }

    /// <summary>Something that a person asks of a deployment, by the updater's own methods.</summary>
    /// <returns>Null = it will be done; else why not.</returns>
    public string? Ask(Func<ModelUpdater, string, string?> request, string deploymentId)
    {
        var problem = request(_updater, deploymentId);
        if (problem is null && _updater.Report.State is UpdateState.Committed or UpdateState.Blocked && _updater.Pending is { } reopened)
        {
            _wishes.PutBehind(reopened);
        }

        return problem;
    }

    public async Task RunAsync(CancellationToken stopping)
    {
        _updater.Changed += Changed;
        Say(_updater.Report);
        if (_updater.Pending is { } interrupted)
        {
            _lastImport = interrupted.Source.IsFile ? interrupted.DeploymentId : "";
            _wishes.PutBehind(interrupted);
        }

        await Task.WhenAll(ApplyAllAsync(stopping), WatchImportsAsync(stopping)).ConfigureAwait(false);
    }

    private WishAnswer Take(UpdateWish wish, long version)
    {
        if (wish.Deployment is { } deployment)
        {
            if (wish.DeploymentId != (_lastWish ?? _taken.Last))
            {
                _wishes.Put(deployment);
            }

            _lastWish = wish.DeploymentId;
            return WishAnswer.Accepted(version);
        }

        _lastWish = ""; // an apply of the same name after a cancel is meant
        var isHere = _updater.Report.DeploymentId == wish.DeploymentId;
        return _wishes.Withdraw(wish.DeploymentId) ? WishAnswer.Accepted(version, "cancelled before it began")
            : !isHere ? WishAnswer.Accepted(version, $"there is nothing of {wish.DeploymentId} here to cancel")
            : _updater.Cancel(wish.DeploymentId) is { } problem ? new WishAnswer(_updater.Report.Code == UpdateCode.Cancelled ? 200 : 409, version, problem)
            : WishAnswer.Accepted(version, "is being cancelled");
    }

    private async Task ApplyAllAsync(CancellationToken stopping)
    {
        for (var patience = FirstRevocationLook; !stopping.IsCancellationRequested; patience = RevocationLook)
        {
            if (await _wishes.NextAsync(patience, _time, stopping).ConfigureAwait(false) is not { } wish)
            {
                await _updater.CheckRevocationAsync(_trial, stopping).ConfigureAwait(false);
                continue;
            }

            await ClockSetAsync(wish, stopping).ConfigureAwait(false);
            using var applying = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            await ApplyAsync(_wishes.Begin(wish, applying), applying.Token, stopping).ConfigureAwait(false);
            _wishes.End();
        }
    }

    private async Task WatchImportsAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            if (_imports.Waiting() is { } import && string.CompareOrdinal(import.DeploymentId, _lastImport) > 0)
            {
                Log.Imported(_logger, import.DeploymentId, import.Model, import.Version);
                _lastImport = import.DeploymentId;
                _wishes.Put(import);
            }

            await Task.Delay(ImportLook, _time, stopping).ConfigureAwait(false);
        }
    }

    /// <summary>An update that a power cut interrupted must not fail because the clock runs from 1970 and no certificate is valid yet. A folder needs no certificate.</summary>
    private async Task ClockSetAsync(ModelDeployment wish, CancellationToken stopping)
    {
        while (!wish.Source.IsFile && !_clockIsSet() && _wishes.IsEmpty)
        {
            await Task.Delay(ClockLook, _time, stopping).ConfigureAwait(false);
        }
    }

    private async Task ApplyAsync(ModelDeployment wish, CancellationToken cancellationToken, CancellationToken stopping)
    {
        try
        {
            await _updater.ApplyAsync(wish, _trial, cancellationToken).ConfigureAwait(false);
            if (_updater.Pending is not null)
            {
                _lastWish = ""; // the disk failed: the same wish, delivered again, is gone on with
            }
            else
            {
                Finish(wish);
            }
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            Superseded(wish);
        }
    }

    private void Superseded(ModelDeployment wish)
    {
        Log.Superseded(_logger, wish.DeploymentId);
        if (wish.Source.IsFile)
        {
            Finish(wish);
        }
        else
        {
            _taken.Take(wish.DeploymentId); // what took its place shall not make way for it again
        }
    }

    private void Finish(ModelDeployment wish) => _imports.Finish(wish.DeploymentId, UpdateStatusFile.ToBytes(_updater.Report, _answer));

    /// <summary>On the task that applies: the updater has it on its disk.</summary>
    private void Changed(UpdateReport report)
    {
        if (report.DeploymentId is { } current && current == _lastWish)
        {
            _taken.Take(current);
        }

        if (_said is { } said && UpdateTwin.IsProgressOnly(said, report) && _time.GetElapsedTime(_saidAt) < ProgressPace)
        {
            return;
        }

        Say(report);
    }

    private void Say(UpdateReport report)
    {
        lock (_saying)
        {
            (_said, _saidAt) = (report, _time.GetTimestamp());
            _status.Write(UpdateStatusFile.ToBytes(report, _answer));
            _hub?.Report(UpdateTwin.Key, UpdateTwin.Of(report, _answer));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(7030, LogLevel.Warning, "the hub's modelUpdate was refused: {Problem}")]
        public static partial void Refused(ILogger logger, string problem);

        [LoggerMessage(7031, LogLevel.Information, "deployment {Deployment} makes way")]
        public static partial void Superseded(ILogger logger, string deployment);

        [LoggerMessage(7033, LogLevel.Information, "deployment {Deployment} was imported at the device: {Model} {Version}")]
        public static partial void Imported(ILogger logger, string deployment, string model, string version);
    }
}
