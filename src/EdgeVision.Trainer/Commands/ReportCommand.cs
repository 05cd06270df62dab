using System.CommandLine;
using EdgeVision.Trainer.Report;
using EdgeVision.Workbench;

namespace EdgeVision.Trainer.Commands;

/// <summary><c>edgevision-trainer report RUN</c>: the run's page, made again.</summary>
internal static class ReportCommand
{
    private static readonly Argument<string> Run = new("RUN") { Description = "folder that train was given with --out" };

    public static Command Create()
    {
        var command = new Command("report", "write a run's page again: curves, confusions, worst mistakes, confidence") { Run };
        command.SetAction((arguments, stop) => Task.Run(() =>
        {
            Console.WriteLine(ProgressDisplay.Run(display => RunReport.Write(arguments.GetRequiredValue(Run), display.Task("judge the test pictures"), stop)));
            return ExitCodes.Done;
        }, CancellationToken.None));
        return command;
    }
}
