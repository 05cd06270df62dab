using System.CommandLine;

namespace EdgeVision.Trainer;

/// <summary><c>data freeze</c>: a set as it is now, divided, as a version that training names by its digest.</summary>
internal static class DataFreezeCommand
{
    private static readonly Option<string> Output = new("--out") { Description = "file to write, NAME.version.json", Required = true, HelpName = "FILE", Validators = { result => DataOptions.Require(result, DataWish.IsVersion(result.GetValueOrDefault<string>() ?? ""), "--out is a file that ends in .version.json.") } };

    public static Command Create()
    {
        var command = new Command("freeze", "write down a set as it is: digests, labels, classes, splits; what is no good is left out, with its reason")
            .With([.. DataOptions.Which, Output, DataOptions.ValidationShare, DataOptions.TestShare, DataOptions.Seed, DataOptions.Accept, DataOptions.Exact, DataOptions.Threads]);
        command.SetAction((arguments, stop) => Task.Run(() => Run(arguments, stop), CancellationToken.None));
        return command;
    }

    private static int Run(ParseResult arguments, CancellationToken stop)
    {
        var path = arguments.GetRequiredValue(Output);
        if (File.Exists(path))
        {
            throw new TrainerException($"{path} is there already, and a version never changes: give another name with --out.");
        }

        var name = Path.GetFileName(path);
        var version = VersionFreezer.Freeze(DataWork.Judge(arguments, stop), new FreezeOptions
        {
            Name = name[..name.IndexOf(".version.json", StringComparison.OrdinalIgnoreCase)],
            Shares = DataOptions.SharesOf(arguments),
            Seed = arguments.GetValue(DataOptions.Seed),
            Accepted = DataOptions.AcceptedOf(arguments),
        });
        VersionFile.Write(version, path);
        Console.Out.Write(VersionText.Of(version));
        return ExitCodes.Done;
    }
}
