namespace EdgeVision.Compression;

/// <summary>What an <see cref="AccuracyLoop"/> has measured so far: each set once, and no more sets than allowed.</summary>
internal sealed class AccuracyLedger(Func<IReadOnlySet<string>, double> dropOf, AccuracyLoopOptions options, IProgress<AccuracyStep>? progress, CancellationToken stop)
{
    private readonly Dictionary<string, AccuracyStep> _known = new(StringComparer.Ordinal);
    private readonly List<AccuracyStep> _steps = [];

    /// <summary>Something was asked that could no longer be measured.</summary>
    public bool IsExhausted { get; private set; }

    /// <summary>Whether the network with these nodes in floats is within the limit; null = no more may be measured.</summary>
    public bool? Holds(string[] floatNodes, string why)
    {
        var key = string.Join('\n', floatNodes);
        if (_known.TryGetValue(key, out var known))
        {
            return known.Holds;
        }

        if (_steps.Count >= options.MaxEvaluations)
        {
            IsExhausted = true;
            return null;
        }

        return (_known[key] = Measure(floatNodes, why)).Holds;
    }

    /// <summary>Of the sets that hold the smallest, of those the one that loses least; where none holds, the one that loses least.</summary>
    public AccuracyLoopResult Result()
    {
        var best = _steps.OrderByDescending(step => step.Holds)
            .ThenBy(step => step.Holds ? step.FloatNodes.Count : 0)
            .ThenBy(step => double.IsNaN(step.Drop) ? double.PositiveInfinity : step.Drop)
            .First();
        return new AccuracyLoopResult(best.Holds, best.FloatNodes, best.Drop, _steps.Count, IsExhausted, _steps);
    }

    private AccuracyStep Measure(string[] floatNodes, string why)
    {
        stop.ThrowIfCancellationRequested();
        var drop = dropOf(floatNodes.ToHashSet(StringComparer.Ordinal));
        var step = new AccuracyStep(why, floatNodes, drop, drop <= options.MaxDrop);
        _steps.Add(step);
        progress?.Report(step);
        return step;
    }
}
