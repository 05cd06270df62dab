using EdgeVision.Packaging;
using static EdgeVision.Update.UpdateState;

namespace EdgeVision.Update;

/// <summary>Carries the recorded deployment to its end: one step per state, the table says what follows.</summary>
/// <remarks>One run per ApplyAsync. A cancellation leaves a state that a later run goes on from, by its name.</remarks>
internal sealed class DeploymentRun(UpdateParts parts, TrialDesk desk, ModelPackage serving)
{
    private readonly UpdateJournal _journal = parts.Journal;
    private readonly WaitingRoom _waiting = new(parts.Journal, parts.Site, parts.Requests, parts.Board, parts.Time);
    private ModelPackage? _candidate;

    /// <summary>What is in service now.</summary>
    public ModelPackage Serving { get; private set; } = serving;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!TransitionTable.IsEnd(_journal.Record.State))
        {
            try
            {
                cancellationToken.ThrowIfCancellationRequested();
                await NextAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && _journal is { Record.Running: true } && _journal.Knows(UpdateEvent.Stopped))
            {
                _journal.Move(UpdateEvent.Stopped);
                Show();
                throw;
            }
        }

        parts.Sweep();
    }

    private async Task NextAsync(CancellationToken cancellationToken)
    {
        if (TransitionTable.RunsCandidate(_journal.Record.State) && !_journal.Record.Running)
        {
            _journal.Move(UpdateEvent.Resumed); // on disk before the candidate's code runs
            Show();
        }
        else
        {
            await EnterAsync(await StepAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<StepResult> StepAsync(CancellationToken cancellationToken)
    {
        var interrupted = parts.Requests.Interrupted;
        if (Asked() is { } asked)
        {
            return asked;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, interrupted);
        try
        {
            return await WorkAsync(_journal.Record.State == RollingBack ? cancellationToken : either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Asked() ?? throw new InvalidOperationException("A step was interrupted and nobody had asked: a bug in the updater.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return StepResult.Of(StorageFailure(exception));
        }
    }

    public static StepFailure StorageFailure(Exception exception) =>
        new(DurableDisk.IsFull(exception) ? UpdateCode.DiskFull : UpdateCode.Storage, exception.Message);

    /// <summary>What a person wants, where the table knows what follows.</summary>
    private StepResult? Asked()
    {
        var id = _journal.Record.Deployment!.DeploymentId;
        return !_journal.Knows(UpdateEvent.Cancelled) ? null
            : parts.Requests.Take(id, UpdateRequest.Cancel) ? new StepResult(UpdateEvent.Cancelled, UpdateCode.Cancelled, "cancelled")
            : _journal.Record.State is Activating or Probation && parts.Requests.Take(id, UpdateRequest.RollBack)
                ? new StepResult(UpdateEvent.Cancelled, UpdateCode.OperatorRollback, "rolled back by a person")
            : null;
    }

    private async Task<StepResult> WorkAsync(CancellationToken cancellationToken)
    {
        var state = _journal.Record.State;
        return state switch
        {
            Offered => await new OfferCheck(parts).CheckAsync(cancellationToken).ConfigureAwait(false),
            Downloading => await DownloadAsync(cancellationToken).ConfigureAwait(false),
            Verified => Verify(),
            AwaitingDecision => await _waiting.DecisionAsync(cancellationToken).ConfigureAwait(false),
            Waiting => await WaitAsync(cancellationToken).ConfigureAwait(false),
            RollingBack => await RollBackAsync(cancellationToken).ConfigureAwait(false),
            _ => await AskAsync(state, cancellationToken).ConfigureAwait(false),
        };
    }

    private async Task<StepResult> DownloadAsync(CancellationToken cancellationToken)
    {
        using var repository = RepositoryDoor.Open(parts, _journal.Record.Deployment!, out var closed);
        return StepResult.Of(repository is null ? closed : await new PackageFetcher(parts, repository, _waiting.DownloadAsync).FetchAsync(cancellationToken).ConfigureAwait(false));
    }

    // Asked once more at the last moment, because hours or weeks of shadow and window may lie behind.
    private async Task<StepResult> WaitAsync(CancellationToken cancellationToken)
    {
        await _waiting.ActivationAsync(cancellationToken).ConfigureAwait(false);
        var deployment = _journal.Record.Deployment!;
        var policy = await new RevocationCheck(parts).AskAsync(deployment, cancellationToken).ConfigureAwait(false);
        return policy.Revoked.Contains(deployment.ManifestSha256)
            ? StepResult.Fail(UpdateCode.Revoked, $"{deployment.Model} {deployment.Version} was revoked by the repository's owner while it was tried")
            : StepResult.Success;
    }

    private StepResult Verify() => Candidate(out var problem) is { } package
        ? StepResult.Of(NetworkCheck.Check(package))
        : StepResult.Fail(UpdateCode.HashMismatch, problem);

    private async Task<StepResult> AskAsync(UpdateState state, CancellationToken cancellationToken)
    {
        return Candidate(out var problem) is { } package
            ? await desk.AskAsync(state, package, cancellationToken).ConfigureAwait(false)
            : StepResult.Fail(UpdateCode.HashMismatch, problem);
    }

    /// <summary>Read and hashed once in this process, and again when the exam has chosen another variant.</summary>
    private ModelPackage? Candidate(out string problem)
    {
        problem = "";
        var slot = _journal.Record.Candidate!;
        return _candidate = _candidate is not null && PackageStore.Is(_candidate, slot) ? _candidate : parts.Packages.TryOpen(slot, out problem);
    }

    private async Task EnterAsync(StepResult result, CancellationToken cancellationToken)
    {
        var left = _journal.Record.State;
        try
        {
            _journal.Move(result);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException && TransitionTable.RunsCandidate(left))
        {
            await StandDownAsync(left, result, cancellationToken).ConfigureAwait(false);
            throw;
        }

        if (left == Activating && _journal.Record.State == Probation)
        {
            Serving = _candidate!;
        }

        Show();
    }

    // The disk does not take what has happened: what is served must be what a restart would serve, or better.
    private async Task StandDownAsync(UpdateState left, StepResult result, CancellationToken cancellationToken)
    {
        var bad = left == Probation && result.Event != UpdateEvent.Success;
        if (left == Activating || bad)
        {
            await BackAsync(bad ? ServingFloors.From(_journal.Record, _journal.Record.Previous) : _journal.Record, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<StepResult> RollBackAsync(CancellationToken cancellationToken)
    {
        var record = _journal.Record;
        var (slot, problem) = await BackAsync(record, cancellationToken).ConfigureAwait(false);
        if (slot != record.Active)
        {
            _journal.Correct(ServingFloors.From(record, slot));
        }

        var reason = problem.Length == 0 ? "" : $"{record.Reason}; {problem}";
        return new StepResult(RecordChanges.Bars(record.Code) ? UpdateEvent.Barred : UpdateEvent.Success, reason.Length == 0 ? UpdateCode.None : record.Code, reason);
    }

    /// <summary>The best floor that the room above can put in service. When it can none, the factory's is what the next start serves.</summary>
    private async Task<(Slot? Slot, string Problem)> BackAsync(UpdateRecord record, CancellationToken cancellationToken)
    {
        var problem = "";
        foreach (var (slot, package) in parts.Floors.Of(record))
        {
            Serving = package;
            var result = await desk.AskAsync(RollingBack, package, cancellationToken).ConfigureAwait(false);
            if (result.Event == UpdateEvent.Success)
            {
                return (slot, problem);
            }

            problem = $"{package.Manifest.Model} {package.Manifest.Version} did not go back in service: {result.Reason}";
        }

        return (null, problem);
    }

    private void Show() => parts.Board.Show(_journal.Record, Serving);
}
