using System.Text.Json.Nodes;
using static EdgeVision.Update.UpdateState;

namespace EdgeVision.Update;

/// <summary>What a transition changes in the record beside the state: slots, attempts, blocks. Pure; written in the same write as the state.</summary>
internal static class RecordChanges
{
    private const int MaxReason = 500;

    public static UpdateRecord Offer(UpdateRecord record, ModelDeployment deployment) => record with
    {
        Deployment = deployment, Candidate = new Slot(deployment.ManifestSha256, null, 0, deployment),
        Attempt = 1, Transitions = 0, Running = false, Approved = false, Code = UpdateCode.None, Reason = "", Gate = [], Deltas = [],
    };

    public static UpdateRecord Enter(UpdateRecord record, UpdateState next, StepResult step)
    {
        var changed = Report(record, step) with
        {
            State = next,
            Attempt = next == record.State ? record.Attempt : 1,
            Running = TransitionTable.RunsCandidate(next) && Runs(step.Event, next),
            Transitions = record.Transitions + 1,
        };
        return (record.State, next) switch
        {
            (AwaitingDecision, Waiting) => changed with { Approved = true },
            (Activating, Probation) => Promote(changed),
            (Probation, Committed) => Commit(changed),
            (Probation or Committed or Failed or Blocked, RollingBack) => StepDown(changed),
            (_, Blocked) => Bar(changed),
            _ => changed,
        };
    }

    /// <summary>A verdict on the model bars its digest; a person's change of mind, a rotten disk or a shutdown does not.</summary>
    public static bool Bars(UpdateCode code) => (int)code is (>= 400 and < 600) || code is UpdateCode.OperatorRollback or UpdateCode.Revoked;

    // After a start the exam, the shadow run and the activation wait to be asked; a model on probation serves from the first frame on.
    private static bool Runs(UpdateEvent @event, UpdateState next) => @event != UpdateEvent.Stopped && (@event != UpdateEvent.Restarted || next == Probation);

    private static UpdateRecord Report(UpdateRecord record, StepResult step)
    {
        var ends = record.State == RollingBack && step.Code == UpdateCode.None; // the reason is why it was rolled back
        return record with
        {
            Code = ends ? record.Code : step.Code,
            Reason = ends ? record.Reason : step.Reason.Length > MaxReason ? step.Reason[..MaxReason] : step.Reason,
            Deltas = step.Deltas ?? record.Deltas,
            Counters = step is { ForgetsCounter: true, Event: UpdateEvent.Success } ? record.Counters.Where(counter => counter.Key != record.Deployment!.Model).ToDictionary() : record.Counters,
            CatalogueVersion = Math.Max(record.CatalogueVersion, step.CatalogueVersion ?? 0),
            Gate = step.Evidence is { Count: > 0 } evidence ? With(record.Gate, record.State, evidence) : record.Gate,
            Candidate = record.Candidate is { } slot ? slot with { Variant = step.Variant ?? slot.Variant, Counter = step.Counter ?? slot.Counter } : null,
        };
    }

    private static JsonObject With(JsonObject gate, UpdateState state, JsonObject evidence)
    {
        var grown = (JsonObject)gate.DeepClone();
        grown[state.ToString().ToLowerInvariant()] = evidence.DeepClone();
        return grown;
    }

    private static UpdateRecord Promote(UpdateRecord record) => record with { Active = record.Candidate, Previous = record.Active, Older = record.Previous };

    private static UpdateRecord Commit(UpdateRecord record)
    {
        var again = record.Previous?.Digest == record.Active!.Digest; // deployed once more on purpose: the previous one stays
        var highest = record.HighestOf(record.Deployment!.Model);
        var counters = new Dictionary<string, CommittedRelease>(record.Counters)
        {
            [record.Deployment.Model] = record.Active.Counter > highest.Counter ? new CommittedRelease(record.Active.Counter, record.Active.Digest) : highest,
        };
        return record with { Previous = again ? record.Older : record.Previous, Older = null, Counters = counters };
    }

    // A digest that is judged bad is passed over, because it may have been deployed twice.
    private static UpdateRecord StepDown(UpdateRecord record)
    {
        var bad = Bars(record.Code) ? record.Active!.Digest : null;
        Slot?[] below = [.. new[] { record.Previous, record.Older }.Where(slot => slot is not null && slot.Digest != bad)];
        return record with { Candidate = record.Active, Active = below.ElementAtOrDefault(0), Previous = below.ElementAtOrDefault(1), Older = null };
    }

    private static UpdateRecord Bar(UpdateRecord record)
    {
        var digest = record.Candidate!.Digest;
        var known = record.Blocked.FirstOrDefault(blocked => blocked.Digest == digest);
        var blocked = known ?? new BlockedModel(digest, record.Deployment!.DeploymentId, record.Code, record.Reason);
        return record with { Blocked = [.. record.Blocked.Where(other => other.Digest != digest).TakeLast(UpdateRecord.MaxBlocked - 1), blocked] };
    }
}
