using System.CommandLine;
using System.Text.Json;
using EdgeVision.Trainer.Architectures;
using EdgeVision.Trainer.Search;
using EdgeVision.Workbench;

namespace EdgeVision.Trainer.Commands;

/// <summary><c>edgevision-trainer search</c>: which network, width, resolution, augmentation and learning rate are good and fast on this machine.</summary>
internal static class SearchCommand
{
    private static readonly Option<int> Budget = NumberOption.Of("--budget", "trials that are drawn; a third of them goes on to three times as many epochs, and so on", 1, 1_000, whenAbsent: null);
    private static readonly Option<int> Epochs = NumberOption.Of("--epochs", "of the last trials; 9 when not given", 1, 10_000, 9);
    private static readonly Option<int> Samples = new("--samples") { Description = "pictures to learn from; all when not given", HelpName = "N" };
    private static readonly Option<string> Models = new("--models") { Description = "networks among which is drawn; founding,mlp,resnet8,mobilenet when not given", HelpName = "NAMES", DefaultValueFactory = _ => "founding,mlp,resnet8,mobilenet", Validators = { result => RequireKnown(result) } };
    private static readonly Option<string> Output = new("--out") { Description = "folder of the search; with one that was stopped, it goes on", Required = true, HelpName = "DIR" };
    private static readonly Option<bool> Json = new("--json") { Description = "search.json instead of a table" };

    public static Command Create()
    {
        var command = new Command("search", "look for networks that are good and fast on this machine: random trials, the best go on (successive halving); prints the Pareto table") { Budget, Epochs, Samples, Models, Output, Json }
            .With([.. DataOptions.Which, DataOptions.ValidationShare, DataOptions.TestShare, DataOptions.Accept, DataOptions.Seed, DataOptions.Threads]);
        command.SetAction((arguments, stop) => Task.Run(() => Run(arguments, stop), CancellationToken.None));
        return command;
    }

    private static int Run(ParseResult arguments, CancellationToken stop)
    {
        var plan = new SearchPlan("", arguments.GetValue(Budget), arguments.GetValue(Epochs), arguments.GetValue(Samples), NamesOf(arguments.GetRequiredValue(Models)), arguments.GetValue(DataOptions.Seed), arguments.GetValue(DataOptions.Threads));
        var state = ProgressDisplay.Run(display => TrainingSearch.Run(
            arguments.GetRequiredValue(Output), plan, DataOptions.WishOf(arguments), DataOptions.SharesOf(arguments), DataOptions.AcceptedOf(arguments), new Bars(display), stop));
        Console.WriteLine(arguments.GetValue(Json) ? JsonSerializer.Serialize(state, SearchJson.Default.SearchState) : string.Join('\n', SearchText.Of(state)));
        return ExitCodes.Done;
    }

    private static string[] NamesOf(string names) => names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static void RequireKnown(System.CommandLine.Parsing.OptionResult result)
    {
        var names = NamesOf(result.GetValueOrDefault<string>() ?? "");
        var unknown = names.FirstOrDefault(name => !ArchitectureCatalog.Names.Contains(name));
        DataOptions.Require(result, names.Length > 0 && unknown is null, $"--models: '{unknown}' is no network; there are {string.Join(", ", ArchitectureCatalog.Names)}.");
    }

    private sealed class Bars(ProgressDisplay display) : IProgress<(string What, double Share)>
    {
        public void Report((string What, double Share) value) => display.Show(value.What, value.Share);
    }
}
