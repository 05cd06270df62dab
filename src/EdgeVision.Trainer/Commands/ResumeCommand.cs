using System.CommandLine;
using EdgeVision.Trainer.Training;

namespace EdgeVision.Trainer.Commands;

/// <summary><c>edgevision-trainer resume RUN</c>: goes on with a run that was stopped or killed, to the same bits as if it never had been.</summary>
internal static class ResumeCommand
{
    private static readonly Argument<string> Run = new("RUN") { Description = "folder that train was given with --out" };

    public static Command Create()
    {
        var command = new Command("resume", "go on with a run that was stopped or killed") { Run, RunOutput.Json };
        command.SetAction((arguments, stop) => Task.Run(() => RunOutput.Show(arguments, progress => TrainingRun.Resume(arguments.GetRequiredValue(Run), progress, stop)), CancellationToken.None));
        return command;
    }
}
