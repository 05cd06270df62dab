using System.CommandLine;
using EdgeVision.Trainer.Training;

namespace EdgeVision.Trainer.Commands;

/// <summary><c>edgevision-trainer train</c>: data to an exported network in a run folder.</summary>
internal static class TrainCommand
{
    private static readonly Option<string> Output = new("--out") { Description = "folder of the run", Required = true, HelpName = "RUN" };

    public static Command Create()
    {
        var command = new Command("train", "train a network, test it once, and export it to ONNX") { Output, RunOutput.Json }.With(TrainOptions.All);
        command.SetAction((arguments, stop) => Task.Run(() => RunOutput.Show(arguments, progress => TrainingRun.Start(arguments.GetRequiredValue(Output), TrainOptions.SettingsOf(arguments), progress, stop)), CancellationToken.None));
        return command;
    }
}
