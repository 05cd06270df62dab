namespace EdgeVision.Compression;

/// <summary>Searches the fewest nodes that have to stay in floats so that a network in 8 bits loses no more than allowed on the real metric.</summary>
/// <remarks>
/// In: nodes in the order of suspicion, worst first, and a function that quantises with a set of float nodes and says how many points were lost. Out: the islands, with every step.
/// First everything in 8 bits; then the 1, 2, 4, 8, ... first suspects in floats until it holds; then halves between; then each island by itself is given back to 8 bits, the least suspected first.
/// Example: suspects a, b, c, d where only c hurts: {} fails, {a} fails, {a, b} fails, {a, b, c, d} holds, {a, b, c} holds, then {a, b} is known to fail, so c stays; {a, c} holds, {c} holds: island c after 7 evaluations.
/// A set is never measured twice. One thread at a time. The idea is that of accuracy-aware quantisation in NNCF and Intel Neural Compressor.
/// </remarks>
public sealed class AccuracyLoop
{
    private readonly Func<IReadOnlySet<string>, double> _dropOf;
    private readonly AccuracyLoopOptions _options;

    /// <param name="dropOf">Quantises with these nodes in floats, measures, and gives the points lost.</param>
    /// <exception cref="CompressionException">An option beyond its limits.</exception>
    public AccuracyLoop(Func<IReadOnlySet<string>, double> dropOf, AccuracyLoopOptions? options = null)
    {
        _dropOf = dropOf;
        _options = options ?? new AccuracyLoopOptions();
        if (!(_options.MaxDrop >= 0) || _options.MaxEvaluations < 1)
        {
            throw new CompressionException($"A largest drop of {_options.MaxDrop} points with {_options.MaxEvaluations} evaluations cannot be searched for: allow 0 points or more, and 1 evaluation or more.");
        }
    }

    /// <param name="suspects">Names of nodes, worst first; a name that comes again is passed over.</param>
    /// <param name="progress">Told of each measurement.</param>
    /// <param name="stop">Looked at before each evaluation.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public AccuracyLoopResult Search(IEnumerable<string> suspects, IProgress<AccuracyStep>? progress = null, CancellationToken stop = default)
    {
        var ledger = new AccuracyLedger(_dropOf, _options, progress, stop);
        string[] order = [.. suspects.Distinct(StringComparer.Ordinal)];
        if (ledger.Holds([], "everything in 8 bits") is false && Prefix(ledger, order) is { } islands)
        {
            GiveBack(ledger, islands);
        }

        return ledger.Result();
    }

    /// <summary>The shortest row of first suspects that holds when in floats, as far as doubling and halving can tell; null = none does, or no more may be measured.</summary>
    private static string[]? Prefix(AccuracyLedger ledger, string[] order)
    {
        var (fails, holds) = (0, Math.Min(1, order.Length));
        while (ledger.Holds(order[..holds], $"the {holds} most suspect in floats") is not true)
        {
            if (holds == order.Length || ledger.IsExhausted)
            {
                return null;
            }

            (fails, holds) = (holds, Math.Min(2 * holds, order.Length));
        }

        while (holds - fails > 1 && !ledger.IsExhausted)
        {
            var middle = (fails + holds) / 2;
            (fails, holds) = ledger.Holds(order[..middle], $"the {middle} most suspect in floats") is true ? (fails, middle) : (middle, holds);
        }

        return order[..holds];
    }

    private static void GiveBack(AccuracyLedger ledger, string[] islands)
    {
        foreach (var island in islands.Reverse())
        {
            string[] without = [.. islands.Where(name => name != island)];
            islands = ledger.Holds(without, $"'{island}' back in 8 bits") is true ? without : islands;
        }
    }
}
