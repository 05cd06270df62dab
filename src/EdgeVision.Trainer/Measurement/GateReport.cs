namespace EdgeVision.Trainer.Measurement;

/// <summary>Whether a model may take the place of another: <c>evaluate --gate</c> and <c>release --against</c> ask the same.</summary>
/// <param name="MaxDrop">Points that may be lost.</param>
internal sealed record GateReport(bool Passed, double MaxDrop, string Reason)
{
    private const double Certain = 0.05;

    /// <summary>A model that is worse does not leave: neither one that lost more than may be lost, nor one that is surely worse by less. That it is no worse need not be proven, because few sets are large enough for that.</summary>
    /// <param name="drop">Points that were lost on the same pictures; below 0 = it is better.</param>
    /// <param name="p">As <see cref="Compression.PairedResult.P"/>.</param>
    public static GateReport Of(double drop, double p, int lost, int won, double maxDrop)
    {
        var seen = FormattableString.Invariant($"{drop:0.00} points lost on the same pictures ({lost} lost, {won} won, p = {p:0.0000}), {maxDrop:0.##} may be");
        return (drop > maxDrop, drop > 0 && p < Certain) switch
        {
            (true, _) => new GateReport(false, maxDrop, $"it is worse: {seen}. Train longer, or on more pictures"),
            (_, true) => new GateReport(false, maxDrop, $"it is surely worse: {seen}. Train longer, or on more pictures"),
            _ => new GateReport(true, maxDrop, $"not worse: {seen}"),
        };
    }
}
