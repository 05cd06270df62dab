using EdgeVision.Packaging;
using Microsoft.Extensions.Logging;

namespace EdgeVision.Update;

/// <summary>What a start makes of the state that the last process left, whichever way it ended.</summary>
/// <remarks>
/// First the interrupted transition (rows Restarted, CrashLoop, Resumed), then the best package that is whole: active, previous, factory.
/// A disk that cannot be written is logged and does not keep the device from serving. Once, before any camera.
/// </remarks>
internal sealed partial class UpdateRecovery(UpdateParts parts)
{
    private readonly UpdateJournal _journal = parts.Journal;

    /// <exception cref="PackageException">Not even the factory package can be served.</exception>
    public ModelPackage Run()
    {
        Guarded(() => new OlderState(parts.Disk, parts.Packages, parts.Options.StateDirectory).TakeOver());
        _journal.Load();
        Guarded(parts.Packages.Prepare);
        var counted = Guarded(CountStart);
        var (slot, serving) = parts.Floors.Of(Trusted(counted)).First();
        Guarded(() => Correct(slot));
        Guarded(Settle);
        Guarded(parts.Sweep);
        return serving;
    }

    private void CountStart()
    {
        var record = _journal.Record;
        if (record.Running && record.Attempt >= TransitionTable.MaxAttempts)
        {
            _journal.Move(new StepResult(UpdateEvent.CrashLoop, UpdateCode.CrashLoop, $"the process ended {record.Attempt} times in {record.State}"));
        }
        else if (record.Running)
        {
            _journal.Move(new StepResult(UpdateEvent.Restarted), record with { Attempt = record.Attempt + 1 });
        }
        else if (record.State == UpdateState.Probation)
        {
            _journal.Move(UpdateEvent.Resumed); // its code runs from the first frame on
        }
    }

    // A candidate whose starts cannot be counted could crash for ever.
    private UpdateRecord Trusted(bool counted) => counted || _journal.Record.State != UpdateState.Probation
        ? _journal.Record
        : ServingFloors.From(_journal.Record, _journal.Record.Previous);

    /// <summary>When something older had to be served: the record says so, and what was committed is fetched again.</summary>
    private void Correct(Slot? slot)
    {
        var record = _journal.Record;
        if (slot == record.Active)
        {
            return;
        }

        if (record.State == UpdateState.Probation)
        {
            _journal.Move(new StepResult(UpdateEvent.Damaged, UpdateCode.HashMismatch, "the candidate's files were damaged on disk"));
        }

        var corrected = ServingFloors.From(_journal.Record, slot);
        if (_journal.Knows(UpdateEvent.Damaged) && record.Active!.Origin is { } origin)
        {
            _journal.OfferAgain(origin, corrected);
        }
        else if (corrected != _journal.Record)
        {
            _journal.Correct(corrected);
        }
    }

    /// <summary>A rollback is finished by serving what is before.</summary>
    private void Settle()
    {
        if (_journal.Record.State == UpdateState.RollingBack)
        {
            _journal.Move(RecordChanges.Bars(_journal.Record.Code) ? UpdateEvent.Barred : UpdateEvent.Success);
        }
    }

    private bool Guarded(Action write)
    {
        try
        {
            write();
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.DiskRefused(parts.Logger, exception.Message);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(6021, LogLevel.Error, "The update state cannot be brought in order, serving all the same: {Problem}")]
        public static partial void DiskRefused(ILogger logger, string problem);
    }
}
