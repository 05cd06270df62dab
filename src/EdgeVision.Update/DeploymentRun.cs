using System.Security.Cryptography;
using EdgeVision.Packaging;
using Microsoft.Extensions.Logging;

namespace EdgeVision.Update;

/// <summary>Carries the recorded deployment to its end: one step per state, the table says what follows.</summary>
/// <remarks>One run per ApplyAsync. A cancellation leaves a state that a later run goes on from.</remarks>
internal sealed partial class DeploymentRun(UpdateJournal journal, SlotStore slots, IModelTrial trial, UpdateOptions options, TimeProvider time, ILogger logger, Action<string> faultPoint)
{
    /// <summary>What is served, once a candidate was committed.</summary>
    public ModelPackage? Committed { get; private set; }

    private ModelPackage? _candidate;

    /// <param name="moved">Told after every transition.</param>
    /// <param name="progress">Told percent of the download.</param>
    public async Task RunAsync(Action moved, Action<int> progress, CancellationToken cancellationToken)
    {
        while (!TransitionTable.IsEnd(journal.Record.State))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                Follow(await StepAsync(progress, cancellationToken).ConfigureAwait(false));
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && journal.Knows(UpdateEvent.Stopped))
            {
                journal.Move(UpdateEvent.Stopped);
                moved();
                throw;
            }

            moved();
        }

        slots.Sweep(journal.Record);
    }

    private async Task<StepFailure?> StepAsync(Action<int> progress, CancellationToken cancellationToken)
    {
        try
        {
            return journal.Record.State switch
            {
                UpdateState.Downloading => await DownloadAsync(progress, cancellationToken).ConfigureAwait(false),
                UpdateState.Verifying => Verify(),
                UpdateState.Trial => await AskAsync(trial.TryAsync, cancellationToken).ConfigureAwait(false),
                UpdateState.Activating => await AskAsync(trial.ActivateAsync, cancellationToken).ConfigureAwait(false),
                _ => null, // RollingBack: the old model serves already, the sweep removes the candidate
            };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return StorageFailure(exception);
        }
    }

    public static StepFailure StorageFailure(Exception exception) =>
        new(DurableDisk.IsFull(exception) ? UpdateCode.DiskFull : UpdateCode.Storage, exception.Message);

    private void Follow(StepFailure? failure)
    {
        if (failure is not null)
        {
            journal.Fail(failure);
        }
        else if (journal.Record.State == UpdateState.Activating)
        {
            Commit();
        }
        else
        {
            journal.Move(UpdateEvent.Success);
        }
    }

    private async Task<StepFailure?> DownloadAsync(Action<int> progress, CancellationToken cancellationToken)
    {
        HttpClient http;
        try
        {
            http = RepositoryHttp.Create(options);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return new StepFailure(UpdateCode.Tls, $"the authority file cannot be used: {exception.Message}");
        }

        using (http)
        {
            var fetcher = new PackageFetcher(journal.Record.Deployment!, slots, new ObjectDownloader(http, options, time, logger), options, faultPoint);
            return await fetcher.FetchAsync(progress, cancellationToken).ConfigureAwait(false);
        }
    }

    private StepFailure? Verify()
    {
        var digest = journal.Record.Candidate!;
        _candidate = slots.TryOpen(digest, out var problem);
        if (_candidate is null && slots.TryOpenIncoming(digest, out problem) is not null)
        {
            faultPoint("slot.before");
            slots.Promote(digest);
            faultPoint("slot.after");
            _candidate = slots.TryOpen(digest, out problem);
        }

        return _candidate is null ? new StepFailure(UpdateCode.HashMismatch, problem) : null;
    }

    private async Task<StepFailure?> AskAsync(Func<ModelPackage, CancellationToken, Task<TrialFailure?>> question, CancellationToken cancellationToken)
    {
        try
        {
            return await question(_candidate!, cancellationToken).ConfigureAwait(false) is { } failure ? new StepFailure(failure.Code, failure.Reason) : null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Log.TrialThrew(logger, exception, journal.Record.State); // because a model must not be able to stop the updater
            return new StepFailure(UpdateCode.Load, exception.Message);
        }
    }

    private void Commit()
    {
        var record = journal.Record;
        var again = record.Candidate == record.Active; // deployed once more on purpose: the previous one stays
        journal.Move(UpdateEvent.Success, record with { Active = record.Candidate, Previous = again ? record.Previous : record.Active, Code = UpdateCode.None, Reason = "" });
        Committed = _candidate;
    }

    private static partial class Log
    {
        [LoggerMessage(6030, LogLevel.Error, "The candidate broke the room that tries it, in {State}")]
        public static partial void TrialThrew(ILogger logger, Exception exception, UpdateState state);
    }
}
