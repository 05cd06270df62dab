namespace EdgeVision.Packaging.Tuf;

/// <summary>The repository cannot be believed, or not be had; the message names the file, the rule and the way out.</summary>
public sealed class TufException(TufFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    public TufFailure Failure { get; } = failure;
}
