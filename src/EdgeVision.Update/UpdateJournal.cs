using Microsoft.Extensions.Logging;

namespace EdgeVision.Update;

/// <summary>The record in memory and on disk; every change of state goes through here, so that it is written before it is entered.</summary>
/// <param name="audit">Told of every change after it is on disk.</param>
/// <param name="faultPoint">Called with the name of each place where a power cut is interesting; does nothing outside tests.</param>
internal sealed partial class UpdateJournal(StateFile file, TimeProvider time, AuditLog? audit, Action<string> faultPoint, ILogger logger)
{
    private bool _lost;

    public UpdateRecord Record { get; private set; } = UpdateRecord.Fresh;

    /// <summary>One moment for all decisions of a step: never before what is known to have passed.</summary>
    public DateTimeOffset Now => time.GetUtcNow() is var now && now > Record.TimeFloor ? now : Record.TimeFloor;

    public void Load()
    {
        Record = file.Load(out var damage) ?? UpdateRecord.Fresh;
        _lost = damage is not null && Record.Deployment is null;
        if (damage is not null)
        {
            Log.StateDamaged(logger, damage, Record.State);
        }
    }

    /// <summary>False: a record was lost or cannot be read here, so nobody knows what the objects on the disk are good for.</summary>
    public bool MaySweep => !_lost && file.MaySweep;

    public bool Knows(UpdateEvent @event) => TransitionTable.Find(Record.State, @event) is not null;

    /// <summary>Begins a deployment, whatever became of the one before.</summary>
    public void Offer(ModelDeployment deployment) => Move(new StepResult(UpdateEvent.Deployed), RecordChanges.Offer(Record, deployment));

    /// <summary>Begins again what was rotten on disk.</summary>
    /// <param name="corrected">The record with the slots that are whole.</param>
    public void OfferAgain(ModelDeployment origin, UpdateRecord corrected)
    {
        var same = Record.Deployment?.DeploymentId == origin.DeploymentId; // a disk that rots again and again is a loop
        Move(new StepResult(UpdateEvent.Damaged), RecordChanges.Offer(corrected, origin) with { Transitions = same ? Record.Transitions : 0 });
    }

    /// <summary>A person lets a blocked digest try once more.</summary>
    public void Readmit()
    {
        var digest = Record.Candidate!.Digest;
        var freed = Record with { Blocked = [.. Record.Blocked.Where(blocked => blocked.Digest != digest)] };
        Move(new StepResult(UpdateEvent.Approved), RecordChanges.Offer(freed, Record.Deployment!));
    }

    public void Move(UpdateEvent @event) => Move(new StepResult(@event));

    public void Move(StepResult step) => Move(step, Record);

    /// <param name="changed">The record with what else changes in the same write; its state is the one that is left.</param>
    public void Move(StepResult step, UpdateRecord changed)
    {
        var from = Record.State;
        if (GoesOn(Next(from, step.Event)) && Knows(UpdateEvent.LoopBroken) && changed.Transitions >= TransitionTable.MaxTransitions)
        {
            step = new StepResult(UpdateEvent.LoopBroken, UpdateCode.LoopBreaker, $"{changed.Transitions} changes of state without an end");
        }

        var next = Next(from, step.Event);
        Store($"{from}+{step.Event}", RecordChanges.Enter(changed, next, step));
        Log.Moved(logger, Record.Deployment!.DeploymentId, from, next, step.Code == UpdateCode.None ? "" : $" ({(int)step.Code} {step.Code}: {step.Reason})");
        audit?.Append($"{from}+{step.Event}->{next}", Record.Deployment.DeploymentId, Record.Candidate?.Digest, Record.Code);
    }

    /// <summary>Corrects the record beside the state.</summary>
    public void Correct(UpdateRecord corrected) => Store("Correct", corrected with { State = Record.State });

    private void Know()
    {
        if (Record.State == UpdateState.Committed)
        {
            _lost = false;
            file.ForgetNewer();
        }
    }

    private static bool GoesOn(UpdateState next) => !TransitionTable.IsEnd(next) && next != UpdateState.RollingBack;

    private static UpdateState Next(UpdateState from, UpdateEvent @event) =>
        TransitionTable.Find(from, @event) ?? throw new InvalidOperationException($"{from} has no transition for {@event}: a bug in the updater.");

    private void Store(string name, UpdateRecord record)
    {
        faultPoint($"{name}.before");
        var stamped = record with { TimeFloor = Now, Sequence = Record.Sequence + 1 };
        file.Store(stamped, () => faultPoint($"{name}.between"));
        Record = stamped;
        Know();
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
