using Microsoft.Extensions.Logging;

namespace EdgeVision.Update;

/// <summary>The record in memory and on disk; every change of state goes through here, so that it is written before it is entered.</summary>
/// <param name="faultPoint">Called with the name of each place where a power cut is interesting; does nothing outside tests.</param>
internal sealed partial class UpdateJournal(StateFile file, Action<string> faultPoint, ILogger logger)
{
    public UpdateRecord Record { get; private set; } = UpdateRecord.Fresh;

    public void Load()
    {
        Record = file.Load(out var damage) ?? UpdateRecord.Fresh;
        if (damage is not null)
        {
            Log.StateDamaged(logger, damage, Record.State);
        }
    }

    public bool Knows(UpdateEvent @event) => TransitionTable.Find(Record.State, @event) is not null;

    /// <summary>Begins a deployment, whatever became of the one before.</summary>
    public void Offer(ModelDeployment deployment) => Write(UpdateEvent.Offered, Record with
    {
        Deployment = deployment, Candidate = deployment.ManifestSha256, Attempt = 1, Transitions = 0, Code = UpdateCode.None, Reason = "",
    });

    /// <summary>Leaves a state that a run can neither enter nor be replaced in: the disk refused the write at the end of the run before.</summary>
    public void Settle()
    {
        if (Knows(UpdateEvent.Stopped))
        {
            Move(UpdateEvent.Stopped);
        }

        if (Record.State == UpdateState.RollingBack)
        {
            Move(UpdateEvent.Success);
        }
    }

    public void Move(UpdateEvent @event) => Move(@event, Record);

    public void Fail(StepFailure failure) => Move(UpdateEvent.Failure, Record with { Code = failure.Code, Reason = failure.Reason });

    /// <param name="changed">The record with what else changes in the same write; its state is the one that is left.</param>
    public void Move(UpdateEvent @event, UpdateRecord changed)
    {
        var goesOn = TransitionTable.Find(Record.State, @event) is UpdateState.Downloading or UpdateState.Verifying or UpdateState.Trial or UpdateState.Activating;
        if (goesOn && Record.Transitions >= TransitionTable.MaxTransitions)
        {
            (@event, changed) = (UpdateEvent.LoopBroken, changed with { Code = UpdateCode.LoopBreaker, Reason = $"{Record.Transitions} changes of state without an end" });
        }

        Write(@event, changed);
    }

    /// <summary>Corrects the slots after one was found damaged; the state stays.</summary>
    public void Repoint(string? active, string? previous) => Store("Repoint", Record with { Active = active, Previous = previous });

    private void Write(UpdateEvent @event, UpdateRecord changed)
    {
        var from = Record.State;
        var next = TransitionTable.Find(from, @event) ?? throw new InvalidOperationException($"{from} has no transition for {@event}: a bug in the updater.");
        Store($"{from}+{@event}", changed with { State = next, Transitions = changed.Transitions + 1 });
        Log.Moved(logger, Record.Deployment!.DeploymentId, from, next, Record.Code == UpdateCode.None ? "" : $" ({(int)Record.Code} {Record.Code}: {Record.Reason})");
    }

    private void Store(string name, UpdateRecord record)
    {
        faultPoint($"{name}.before");
        file.Store(record, () => faultPoint($"{name}.between"));
        Record = record;
        faultPoint($"{name}.after");
    }

    private static partial class Log
    {
        [LoggerMessage(6000, LogLevel.Warning, "The update state was damaged ({Damage}); going on from {State}")]
        public static partial void StateDamaged(ILogger logger, string damage, UpdateState state);

        [LoggerMessage(6001, LogLevel.Information, "Deployment {Deployment}: {From} -> {Next}{Why}")]
        public static partial void Moved(ILogger logger, string deployment, UpdateState from, UpdateState next, string why);
    }
}
