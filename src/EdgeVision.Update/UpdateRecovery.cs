using EdgeVision.Packaging;
using Microsoft.Extensions.Logging;

namespace EdgeVision.Update;

/// <summary>What a start makes of the state that the last process left, whichever way it ended.</summary>
/// <remarks>
/// First the interrupted transition (rows Restarted and CrashLoop), then the best package that is whole: active, previous, factory.
/// A disk that cannot be written is logged and does not keep the device from serving. Once, before any camera.
/// </remarks>
internal sealed partial class UpdateRecovery(UpdateJournal journal, SlotStore slots, UpdateOptions options, ILogger logger)
{
    /// <exception cref="PackageException">Not even the factory package can be served.</exception>
    public ModelPackage Run()
    {
        journal.Load();
        Guarded(slots.Prepare);
        Guarded(FinishInterrupted);
        var serving = OpenBest(out var slot);
        Guarded(() => Correct(slot));
        Guarded(() => slots.Sweep(journal.Record));
        return serving;
    }

    private void FinishInterrupted()
    {
        if (journal.Knows(UpdateEvent.Restarted))
        {
            CountUncleanStart();
        }

        journal.Settle(); // a rollback is finished first
    }

    private void CountUncleanStart()
    {
        var record = journal.Record;
        if (record.Attempt < TransitionTable.MaxAttempts)
        {
            journal.Move(UpdateEvent.Restarted, record with { Attempt = record.Attempt + 1 });
        }
        else
        {
            journal.Move(UpdateEvent.CrashLoop, record with { Code = UpdateCode.CrashLoop, Reason = $"the process ended {record.Attempt} times in {record.State}" });
        }
    }

    private ModelPackage OpenBest(out string? slot)
    {
        foreach (var digest in new[] { journal.Record.Active, journal.Record.Previous })
        {
            if (digest is null)
            {
                break; // the factory package was before the oldest slot
            }

            if (slots.TryOpen(digest, out var problem) is { } package)
            {
                slot = digest;
                return package;
            }

            Log.SlotDamaged(logger, problem);
        }

        slot = null;
        return ModelPackage.Open(options.FactoryDirectory);
    }

    /// <summary>When something older had to be served: the record says so, and what was committed is fetched again.</summary>
    private void Correct(string? slot)
    {
        var record = journal.Record;
        if (slot == record.Active)
        {
            return;
        }

        var corrected = record with { Active = slot, Previous = null };
        if (record.State == UpdateState.Committed && record.Deployment!.ManifestSha256 == record.Active)
        {
            journal.Move(UpdateEvent.Damaged, corrected with { Candidate = record.Active, Attempt = 1 });
        }
        else
        {
            journal.Repoint(corrected.Active, corrected.Previous);
        }
    }

    private void Guarded(Action write)
    {
        try
        {
            write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.DiskRefused(logger, exception.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(6020, LogLevel.Error, "A stored package cannot be served, trying an older one: {Problem}")]
        public static partial void SlotDamaged(ILogger logger, string problem);

        [LoggerMessage(6021, LogLevel.Error, "The update state cannot be brought in order, serving all the same: {Problem}")]
        public static partial void DiskRefused(ILogger logger, string problem);
    }
}
