using System.CommandLine;
using System.Text.Json;
using EdgeVision.Trainer.Measurement;
using EdgeVision.Trainer.Training;
using EdgeVision.Workbench;

namespace EdgeVision.Trainer.Commands;

/// <summary><c>edgevision-trainer evaluate</c>: how good a run is as the device sees it, and whether it may take another model's place.</summary>
internal static class EvaluateCommand
{
    private static readonly Option<string> Run = new("--run") { Description = "folder that train was given with --out", Required = true, HelpName = "RUN" };
    private static readonly Option<string?> Data = new("--data") { Description = "a frozen version (its test pictures are taken) or any data set; the run's own test pictures when not given", HelpName = "DATASET" };
    private static readonly Option<string?> Compare = new("--compare") { Description = "another run, or the package in service: what the run loses against it, picture by picture", HelpName = "RUN|PACKAGE" };
    private static readonly Option<bool> Gate = new("--gate") { Description = "exit with 3 where the run is worse than --compare: surely, or by more than --max-drop" };
    private static readonly Option<double> MaxDrop = NumberOption.Of<double>("--max-drop", "points that may be lost; 1 when not given", 0, 100, 1, "POINTS");
    private static readonly Option<bool> Json = new("--json") { Description = "one line of JSON instead of lines for people" };

    public static Command Create()
    {
        var command = new Command("evaluate", "measure a run on held-out pictures with the device's own runtime: intervals, slices, comparison, gate") { Run, Data, Compare, Gate, MaxDrop, Json };
        command.Validators.Add(result => DataOptions.Require(result, !result.GetValue(Gate) || result.GetValue(Compare) is not null, "--gate needs a model to be held against: give --compare RUN or --compare PACKAGE."));
        command.SetAction((arguments, stop) => Task.Run(() => Evaluate(arguments, stop), CancellationToken.None));
        return command;
    }

    private static int Evaluate(ParseResult arguments, CancellationToken stop)
    {
        var path = arguments.GetRequiredValue(Run);
        using var run = Contender.Open(path);
        using var other = arguments.GetValue(Compare) is { } compared ? Contender.Open(compared) : null;
        if (other is not null)
        {
            ClassNames.RequireSame(run.Classes, run.Name, other.Classes, other.Name);
        }

        var data = arguments.GetValue(Data) ?? (RunFolder.Exists(path) ? RunFolder.Open(path).Folder.Data : throw new TrainerException($"{path} is a package, which has no test pictures of its own: give --data."));
        using var dataset = HeldOut.Open(data, run.Classes, run.Aliases);
        var (judged, theirs) = ProgressDisplay.Run(display => (Judgement.Of(run.Package, dataset, display.Task(run.Name), stop), other is null ? null : Judgement.Of(other.Package, dataset, display.Task(other.Name), stop)));
        var report = EvaluationReport.Of(run, judged, other, theirs) with { Warnings = [.. Warnings(data, run), .. Warnings(data, other)] };
        report = report with { Gate = arguments.GetValue(Gate) && report.Compare is { } loss ? GateReport.Of(loss.Drop, loss.P, loss.Lost, loss.Won, arguments.GetValue(MaxDrop)) : null };
        Print(report, arguments.GetValue(Json));
        return report.Gate is { Passed: false } ? ExitCodes.Refused : ExitCodes.Done;
    }

    private static IEnumerable<string> Warnings(string data, Contender? model)
    {
        var learnt = model is null || !DataWish.IsVersion(data) ? 0 : model.LearntOf(VersionJson.Read(data).Of(DataSplit.Test));
        return learnt == 0 ? [] : [$"{model!.Name} learnt from {learnt} of these test pictures, so it looks better than it is. Train it from the same frozen version."];
    }

    private static void Print(EvaluationReport report, bool asJson)
    {
        foreach (var warning in report.Warnings)
        {
            Console.Error.WriteLine($"edgevision-trainer: {warning}");
        }

        Console.WriteLine(asJson ? JsonSerializer.Serialize(report, RunJson.Default.EvaluationReport) : string.Join('\n', EvaluationText.Of(report)));
    }
}
