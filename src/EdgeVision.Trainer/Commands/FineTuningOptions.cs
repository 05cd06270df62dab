using System.CommandLine;
using EdgeVision.Trainer.Training;
using EdgeVision.Workbench;

namespace EdgeVision.Trainer.Commands;

/// <summary>What the commands take that go on from a run.</summary>
internal static class FineTuningOptions
{
    public static readonly Argument<string> Source = new("RUN") { Description = "folder of a run that is done" };
    public static readonly Option<double?> Rate = new("--learning-rate") { Description = "at first; falls to 0 along a cosine" };
    public static readonly Option<double> Imitation = NumberOption.Of<double>("--imitate", "share of what it learns that is the answers of the network before it, where classes are learnt; the rest is the truth; 0 when not given", 0, 1, 0, "SHARE");
    public static readonly Option<string> Output = new("--out") { Description = "folder of the new run", Required = true, HelpName = "RUN2" };

    public static Option<int> Epochs(int count) => new("--epochs") { Description = $"times that each picture is seen; {count} when not given", DefaultValueFactory = _ => count, HelpName = "N" };

    /// <param name="share">As <see cref="FineTuning.RateShare"/>.</param>
    public static FineTuning TuningOf(ParseResult arguments, Option<int> epochs, double share) =>
        new(arguments.GetValue(epochs), share, arguments.GetValue(Rate)) { Imitation = arguments.GetValue(Imitation), Command = TrainOptions.CommandOf(arguments) };

    public static void SetRun(this Command command, Func<ParseResult, string, string, IProgress<TrainingProgress>, CancellationToken, RunResult?> run) => command.SetAction((arguments, stop) =>
        Task.Run(() => RunOutput.Show(arguments, progress => run(arguments, arguments.GetRequiredValue(Source), arguments.GetRequiredValue(Output), progress, stop)), CancellationToken.None));
}
