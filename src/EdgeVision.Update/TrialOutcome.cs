namespace EdgeVision.Update;

/// <summary>What a gate says of a candidate.</summary>
public enum TrialOutcome
{
    Pass,
    Fail,

    /// <summary>Not bad enough to refuse, not good enough to go on: a person decides. Only the shadow run may say so.</summary>
    Hold,
}
