namespace EdgeVision.Update;

/// <summary>What a person may ask of a deployment under way.</summary>
internal enum UpdateRequest
{
    Approve,
    Cancel,
    ActivateNow,
    RollBack,
}
