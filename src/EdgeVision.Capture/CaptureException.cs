namespace EdgeVision.Capture;

/// <summary>A source that is not to be reopened could not be read.</summary>
public sealed class CaptureException(CaptureFailure failure, string message) : Exception(message)
{
    public CaptureFailure Failure { get; } = failure;
}
