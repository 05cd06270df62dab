namespace EdgeVision.Trainer.Search;

/// <summary><c>search.json</c>: a search as far as it is.</summary>
/// <param name="Metric">What the values are; empty before the first.</param>
internal sealed record SearchState(SearchPlan Plan, string Metric, IReadOnlyList<Trial> Trials)
{
    /// <summary>Numbers of the trials that no other beats in both metric and latency, fastest first.</summary>
    public IReadOnlyList<int> Pareto => ParetoOrder.Of(Trials.Where(trial => trial.Value is not null)) is [var first, ..] ? [.. first.OrderBy(trial => trial.LatencyMs).Select(trial => trial.Number)] : [];
}
