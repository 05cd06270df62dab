using System.CommandLine;
using EdgeVision.Compression;
using EdgeVision.Trainer.Training;
using EdgeVision.Workbench;

namespace EdgeVision.Trainer.Commands;

/// <summary><c>edgevision-trainer prune RUN</c>: takes channels out of a trained network, and trains what is left.</summary>
internal static class PruneCommand
{
    private const double RateShare = 0.5;

    private static readonly Option<double> Macs = new("--macs") { Description = "share of the multiplications that remains; 0.5 when not given, 1 takes nothing out: the control", DefaultValueFactory = _ => 0.5, HelpName = "SHARE" };
    private static readonly Option<int> RoundTo = new("--round-to") { Description = "channels that remain are a multiple of it; 16 when not given, because processors compute so many at once", DefaultValueFactory = _ => 16, HelpName = "N" };
    private static readonly Option<Importance> By = WordOption.Of("--importance", "what a channel is judged by; l1 when not given", Importance.L1, ("l1", Importance.L1), ("l2", Importance.L2), ("norm-scale", Importance.BatchNormScale));
    private static readonly Option<PruningScope> Scope = WordOption.Of("--scope", "whom channels compete with; all when not given", PruningScope.Global, ("all", PruningScope.Global), ("layer", PruningScope.Uniform));
    private static readonly Option<string[]> Keep = new("--keep") { Description = "layers whose channels all stay, as conv1", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [], HelpName = "LAYER" };
    private static readonly Option<int> Epochs = FineTuningOptions.Epochs(5);

    public static Command Create()
    {
        var command = new Command("prune", "take channels out of a trained network, and train what is left") { FineTuningOptions.Source, Macs, RoundTo, By, Scope, Keep, Epochs, FineTuningOptions.Rate, FineTuningOptions.Imitation, FineTuningOptions.Output, RunOutput.Json };
        command.SetRun((arguments, source, path, progress, stop) => DerivedRun.Prune(source, path, OptionsOf(arguments), FineTuningOptions.TuningOf(arguments, Epochs, RateShare), progress, stop));
        return command;
    }

    private static PruningOptions OptionsOf(ParseResult arguments) => new()
    {
        Macs = arguments.GetValue(Macs), RoundTo = arguments.GetValue(RoundTo), Importance = arguments.GetValue(By), Scope = arguments.GetValue(Scope), Keep = arguments.GetRequiredValue(Keep).ToHashSet(StringComparer.Ordinal),
    };
}
