using System.CommandLine;
using EdgeVision.Trainer.Commands;

namespace EdgeVision.Trainer;

/// <summary><c>edgevision-trainer release RUN</c>: package, compress, judge, sign, publish; exits 3 when it must not leave.</summary>
internal static class ReleaseCommand
{
    private static readonly Argument<string> Run = new("RUN") { Description = "folder that train was given with --out" };
    private static readonly Option<string> Output = new("--out") { Description = "folder of the package", Required = true, HelpName = "DIR" };

    public static Command Create()
    {
        var command = new Command("release", "make a run a signed release: small variants, golden set, gates, model card; a model that is worse does not leave") { Run, Output, ReleaseOptions.Against, RunOutput.Json }.With(ReleaseOptions.All);
        command.SetAction((arguments, stop) => Task.Run(() => ReleaseOutput.Show(arguments, ReleaseOptions.RequestOf(arguments, arguments.GetRequiredValue(Run), arguments.GetRequiredValue(Output), arguments.GetValue(ReleaseOptions.Against)), stop), CancellationToken.None));
        return command;
    }
}
