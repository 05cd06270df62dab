using EdgeVision.Packaging;
using Microsoft.Extensions.Logging;

namespace EdgeVision.Update;

/// <summary>From a deployment to a committed model, or back; a kill at any moment leaves a working one.</summary>
/// <remarks>
/// In: <see cref="ModelDeployment"/>s, one at a time. Out: the package to serve at start, calls to <see cref="IModelTrial"/>, <see cref="UpdateReport"/>s.
/// Example: 4 MB over a link that dies every second, power cut in the middle: the next start serves the old model, <see cref="Pending"/> names the
/// deployment, <see cref="ApplyAsync"/> fetches what is missing and commits. Recover first, then Apply from one task; all else from any thread.
/// Behaviour: <see cref="TransitionTable"/>.
/// </remarks>
public sealed partial class ModelUpdater
{
    private readonly UpdateParts _parts;
    private readonly UpdateJournal _journal;
    private readonly RequestBox _requests = new();
    private readonly ReportBoard _board;
    private ModelPackage? _serving;
    private int _applying;

    /// <param name="site">Null = no policy of the site's own, and no audit log.</param>
    public ModelUpdater(UpdateOptions options, TimeProvider time, ILogger<ModelUpdater> logger, UpdateSite? site = null)
        : this(options, time, logger, site ?? UpdateSite.Open, FaultPoints.Hit, static _ => { })
    {
    }

    internal ModelUpdater(UpdateOptions options, TimeProvider time, ILogger<ModelUpdater> logger, UpdateSite site, Action<string> faultPoint, Action<DiskOperation> observer)
    {
        var disk = new StateDisk(observer);
        _board = new ReportBoard(() => site.Audit?.Head ?? "", time);
        _journal = new UpdateJournal(new StateFile(disk, options.StateDirectory), time, site.Audit, faultPoint, logger);
        var packages = new PackageStore(disk, options, logger);
        _parts = new UpdateParts(options, site, time, logger, faultPoint)
        {
            Disk = disk, Journal = _journal, Packages = packages, Trust = new TrustStore(disk, options),
            Floors = new ServingFloors(packages, options, logger), Requests = _requests, Board = _board,
        };
    }

    /// <summary>After every change of state, and every ten per cent of a download. Called on the task that applies: return soon.</summary>
    public event Action<UpdateReport>? Changed
    {
        add => _board.Changed += value;
        remove => _board.Changed -= value;
    }

    public UpdateReport Report => _board.Current;

    /// <summary>The deployment to be given to <see cref="ApplyAsync"/>: it is not at its end, or a person has asked for more; null = none.</summary>
    /// <remarks>Look after a start, and after <see cref="Approve"/> and <see cref="RollBack"/>.</remarks>
    public ModelDeployment? Pending => _journal.Record is var record && TransitionTable.IsEnd(record.State) && Reopening(record) is null ? null : record.Deployment;

    /// <summary>Finishes or undoes what was interrupted, and says what to serve: the active package if every byte of it is whole, else the previous, else the factory's.</summary>
    /// <remarks>Once, at start, before any camera. A damaged state or a disk that cannot be written does not throw.</remarks>
    /// <exception cref="PackageException">Not even the factory package can be served.</exception>
    public ModelPackage Recover()
    {
        _serving = new UpdateRecovery(_parts).Run();
        _board.Show(_journal.Record, _serving);
        return _serving;
    }

    /// <summary>Lets a held or waiting candidate pass, or a blocked digest try again.</summary>
    /// <returns>Null = it will be done; else a sentence that says why not. So do the three below.</returns>
    public string? Approve(string deploymentId) => Ask(deploymentId, UpdateRequest.Approve);

    /// <summary>Ends a deployment; once it is being activated that means a rollback. The digest may be deployed again.</summary>
    public string? Cancel(string deploymentId) => Ask(deploymentId, UpdateRequest.Cancel);

    /// <summary>Waits neither for a window nor for an approval; the gates before it and the site's hold stay.</summary>
    public string? ActivateNow(string deploymentId) => Ask(deploymentId, UpdateRequest.ActivateNow);

    /// <summary>Puts the model before back in service and blocks the digest of this one.</summary>
    public string? RollBack(string deploymentId) => Ask(deploymentId, UpdateRequest.RollBack);

    /// <summary>Applies one deployment to its end, Committed, Failed or Blocked; <see cref="Report"/> says which.</summary>
    /// <remarks>The same deployment again goes on where it was, or is a no-op when it is at its end. Another one replaces an unfinished one, which is rolled back first if it was in service.</remarks>
    /// <exception cref="OperationCanceledException">Shutdown, or a newer deployment: the state can be resumed.</exception>
    /// <exception cref="InvalidOperationException">Before <see cref="Recover"/>, or while another is applied.</exception>
    public Task ApplyAsync(ModelDeployment deployment, IModelTrial trial, CancellationToken cancellationToken) =>
        AloneAsync(() => AcceptAsync(deployment, trial, cancellationToken));

    /// <summary>Asks the repository of the model in service whether its owner has taken it back; if so, the model before goes back in service, or an alarm is reported, as the site says.</summary>
    /// <remarks>From the task that applies, once in a while, when nothing is applied. A repository that does not answer changes nothing.</remarks>
    /// <exception cref="InvalidOperationException">Before <see cref="Recover"/>, or while a deployment is applied.</exception>
    public async Task CheckRevocationAsync(IModelTrial trial, CancellationToken cancellationToken) =>
        await AloneAsync(() => RevokeAsync(trial, cancellationToken)).ConfigureAwait(false);

    private async Task AloneAsync(Func<Task> work)
    {
        if (_serving is null || Interlocked.Exchange(ref _applying, 1) != 0)
        {
            throw new InvalidOperationException("The updater needs Recover first, and does one thing at a time.");
        }

        try
        {
            await work().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.StateNotWritten(_parts.Logger, exception.Message);
            _board.ShowFailure(DeploymentRun.StorageFailure(exception));
        }
        finally
        {
            Volatile.Write(ref _applying, 0);
        }
    }

    private async Task RevokeAsync(IModelTrial trial, CancellationToken cancellationToken)
    {
        var record = _journal.Record;
        if (record.Active?.Origin is not { } origin || !_journal.Knows(UpdateEvent.Undone)
            || !(await new RevocationCheck(_parts).AskAsync(origin, cancellationToken).ConfigureAwait(false)).Revoked.Contains(record.Active.Digest))
        {
            return;
        }

        var reason = $"{origin.Model} {origin.Version} is in service and was revoked by the repository's owner";
        if (_parts.Site.Policy().RevokedMakesWay)
        {
            _journal.Move(new StepResult(UpdateEvent.Undone, UpdateCode.Revoked, reason));
            _board.Show(_journal.Record, _serving!);
            await RunAsync(trial, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            _board.ShowWaiting(UpdateCode.Revoked, $"{reason}; the site keeps it running");
        }
    }

    private string? Ask(string deploymentId, UpdateRequest request)
    {
        var problem = RequestRules.Check(_journal.Record, deploymentId, request);
        if (problem is null)
        {
            _requests.Ask(deploymentId, request);
        }

        return problem;
    }

    private async Task AcceptAsync(ModelDeployment deployment, IModelTrial trial, CancellationToken cancellationToken)
    {
        var known = _journal.Record.Deployment;
        if (known?.DeploymentId == deployment.DeploymentId)
        {
            Reopen();
        }
        else
        {
            await MakeWayAsync(deployment, trial, cancellationToken).ConfigureAwait(false);
            _parts.Packages.Prepare();
            _requests.Clear();
            _journal.Offer(deployment);
            _parts.Sweep();
        }

        _board.Show(_journal.Record, _serving!);
        await RunAsync(trial, cancellationToken).ConfigureAwait(false);
    }

    private async Task RunAsync(IModelTrial trial, CancellationToken cancellationToken)
    {
        if (TransitionTable.IsEnd(_journal.Record.State))
        {
            return;
        }

        var run = new DeploymentRun(_parts, new TrialDesk(trial, _parts.Options, _parts.Time, _parts.Logger), _serving!);
        try
        {
            await run.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _serving = run.Serving;
        }
    }

    /// <summary>A candidate in service is rolled back before a newer deployment begins.</summary>
    private async Task MakeWayAsync(ModelDeployment newer, IModelTrial trial, CancellationToken cancellationToken)
    {
        if (_journal.Record.State is UpdateState.Activating or UpdateState.Probation)
        {
            _journal.Move(new StepResult(UpdateEvent.Cancelled, UpdateCode.Cancelled, $"superseded by {newer.DeploymentId}"));
        }

        if (_journal.Record.State == UpdateState.RollingBack)
        {
            await RunAsync(trial, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What a person asked of a deployment at its end.</summary>
    private UpdateRequest? Reopening(UpdateRecord record) => record.State switch
    {
        UpdateState.Committed when _requests.Has(record.Deployment?.DeploymentId, UpdateRequest.RollBack) => UpdateRequest.RollBack,
        UpdateState.Blocked when _requests.Has(record.Deployment?.DeploymentId, UpdateRequest.Approve) => UpdateRequest.Approve,
        _ => null,
    };

    private void Reopen()
    {
        var record = _journal.Record;
        var request = Reopening(record);
        _ = request is { } taken && _requests.Take(record.Deployment!.DeploymentId, taken);
        if (request == UpdateRequest.RollBack)
        {
            _journal.Move(new StepResult(UpdateEvent.Undone, UpdateCode.OperatorRollback, "rolled back by a person"));
        }
        else if (request == UpdateRequest.Approve)
        {
            _journal.Readmit();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(6040, LogLevel.Error, "The state of the update cannot be written: {Problem}")]
        public static partial void StateNotWritten(ILogger logger, string problem);
    }
}
