using System.Globalization;

namespace EdgeVision.Trainer.Search;

/// <summary>A search's trials as a table, fastest first; a star where none is better in both.</summary>
internal static class SearchText
{
    public static IEnumerable<string> Of(SearchState state)
    {
        var pareto = state.Pareto.ToHashSet();
        yield return string.Create(CultureInfo.InvariantCulture, $"   {"trial",5} {state.Metric,9} {"epochs",6} {"ms",8} {"parameters",11} {"MACs",14}  how");
        foreach (var trial in state.Trials.Where(trial => trial.Scores.Count > 0).OrderBy(trial => trial.LatencyMs))
        {
            var settings = trial.Settings;
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $" {(pareto.Contains(trial.Number) ? "*" : " ")} {trial.Number,5} {(trial.Value is { } value ? value.ToString("0.0000", CultureInfo.InvariantCulture) : "none"),9} {trial.Epochs,6} {trial.LatencyMs,8:0.000} {trial.Parameters,11:#,0} {trial.Macs,14:#,0}  {settings.Model} x{settings.Width}{(settings.Size is null ? "" : $" at {settings.Size}")}, augment {settings.Augment}, dropout {settings.Dropout}, rate {settings.Options.LearningRate}");
        }

        yield return "* no other is both better on validation pictures and faster here (one picture, one thread). Trials of fewer epochs were left behind early; their values are of those epochs.";
    }
}
