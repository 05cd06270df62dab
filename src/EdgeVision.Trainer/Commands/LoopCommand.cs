using System.CommandLine;
using EdgeVision.Trainer.Commands;
using EdgeVision.Trainer.Distributed;
using EdgeVision.Trainer.Training;

namespace EdgeVision.Trainer;

/// <summary><c>edgevision-trainer loop</c>: data to a signed release, and with more data to the next one.</summary>
/// <remarks>
/// Each round freezes the data as it is (pictures of earlier rounds stay in their splits), begins with what the round before learnt, and must not be worse than what is in service.
/// Stopped, the same command goes on with the round.
/// </remarks>
internal static class LoopCommand
{
    private static readonly Option<string?> Output = new("--out") { Description = "folder of the rounds; NAME when not given", HelpName = "DIR" };
    private static readonly Option<bool> Fresh = new("--fresh") { Description = "begin from scratch, not with what the round before learnt" };

    public static Command Create()
    {
        var command = new Command("loop", "from data to a signed release in one go; with more data, the next release, never a worse one") { Output, Fresh, ReleaseOptions.Against, RunOutput.Json }.With([.. ReleaseOptions.All, .. TrainOptions.All]);
        command.SetAction((arguments, stop) => Task.Run(() => Run(arguments, stop), CancellationToken.None));
        return command;
    }

    private static int Run(ParseResult arguments, CancellationToken stop)
    {
        var name = arguments.GetRequiredValue(ReleaseOptions.Name);
        var folder = LoopFolder.Open(arguments.GetValue(Output) ?? name);
        var serving = folder.Serving;
        if (RankGroup.IsSpeaker)
        {
            Console.Error.WriteLine($"edgevision-trainer: round {folder.Round} of {name}");
        }

        RunOutput.Follow(progress => RunFolder.Exists(folder.Run) ? TrainingRun.Resume(folder.Run, progress, stop) : TrainingRun.Start(folder.Run, SettingsOf(arguments, folder, serving?.Run), progress, stop));
        if (!RankGroup.IsSpeaker)
        {
            return ExitCodes.Done; // one rank releases
        }

        var request = ReleaseOptions.RequestOf(arguments, folder.Run, folder.Package, arguments.GetValue(ReleaseOptions.Against) ?? serving?.Package);
        return ReleaseOutput.Show(arguments, request, stop, folder.Finish);
    }

    private static RunSettings SettingsOf(ParseResult arguments, LoopFolder folder, string? before)
    {
        var settings = TrainOptions.SettingsOf(arguments) with { Earlier = folder.EarlierData };
        return settings.From is null && !arguments.GetValue(Fresh) ? settings with { From = before } : settings;
    }
}
