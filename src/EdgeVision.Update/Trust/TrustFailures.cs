using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Update;

/// <summary>What the TUF client found, as a code that fleets count.</summary>
internal static class TrustFailures
{
    public static StepFailure Of(TufException exception) => new(CodeOf(exception.Failure), exception.Message);

    private static UpdateCode CodeOf(TufFailure failure) => failure switch
    {
        TufFailure.Signature or TufFailure.Format => UpdateCode.Signature,
        TufFailure.Threshold => UpdateCode.Threshold,
        TufFailure.Expired => UpdateCode.Expired,
        TufFailure.Rollback => UpdateCode.RollbackAttack,
        TufFailure.MixMatch or TufFailure.NotFound => UpdateCode.MixMatch,
        TufFailure.TooLarge => UpdateCode.SizeMismatch,
        TufFailure.Storage => UpdateCode.Storage,
        _ => UpdateCode.Http,
    };
}
