namespace EdgeVision.Trainer.Measurement;

/// <summary>Whether a run may take the place of the other model.</summary>
/// <param name="MaxDrop">Points that may be lost.</param>
internal sealed record GateReport(bool Passed, double MaxDrop, string Reason)
{
    /// <summary>Only what is surely no worse passes: the whole interval of the drop is below what may be lost.</summary>
    public static GateReport Of(ComparisonReport compared, double maxDrop) => compared switch
    {
        _ when compared.DropHigh <= maxDrop => new GateReport(true, maxDrop, FormattableString.Invariant($"it surely loses no more than {maxDrop:0.##} points: {compared.DropHigh:0.00} at most")),
        _ when compared.DropLow > maxDrop => new GateReport(false, maxDrop, FormattableString.Invariant($"it surely loses more than {maxDrop:0.##} points: {compared.DropLow:0.00} at least. Train longer, or on more pictures")),
        _ => new GateReport(false, maxDrop, FormattableString.Invariant($"it loses {compared.Drop:0.00} points, but it may be {compared.DropHigh:0.00}, and {maxDrop:0.##} are allowed. More test pictures would tell")),
    };
}
