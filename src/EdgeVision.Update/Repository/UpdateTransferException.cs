namespace EdgeVision.Update;

/// <summary>Carries a failed transfer of metadata through the TUF client, which knows only that it failed.</summary>
internal sealed class UpdateTransferException(StepFailure failure) : Exception(failure.Reason)
{
    public StepFailure Failure { get; } = failure;
}
