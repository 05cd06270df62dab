namespace EdgeVision.Update;

/// <summary>What became of an audit log.</summary>
/// <param name="Entries">Whole lines that were read and fit.</param>
/// <param name="First">Number of the oldest entry that is kept; older ones were rotated away.</param>
/// <param name="Head"><c>sha256:</c> and the digest of the last line that fits; empty where there is none.</param>
/// <param name="Problem">File, line, what does not fit and what that means; empty where all is well.</param>
public sealed record AuditVerdict(long Entries, long First, string Head, string Problem)
{
    public bool IsWhole => Problem.Length == 0;

    /// <summary>Bytes of a last line without its end: the power went while it was written, and the next start will say so in the log.</summary>
    public long Torn { get; init; }
}
