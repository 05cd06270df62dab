using System.CommandLine;

namespace EdgeVision.Trainer;

/// <summary><c>data import</c>: a set of any form into a folder of one's own.</summary>
internal static class DataImportCommand
{
    private static readonly Option<string> Output = new("--out") { Description = "folder to write", Required = true, HelpName = "DIR" };

    public static Command Create()
    {
        var command = new Command("import", "copy a set of any form, packed or not, into a folder of one's own: pictures as files, labels as a list or COCO json; what cannot be used stays behind")
            .With([.. DataOptions.Which, Output, DataOptions.Threads]);
        command.SetAction((arguments, stop) => Task.Run(() => Run(arguments, stop), CancellationToken.None));
        return command;
    }

    private static int Run(ParseResult arguments, CancellationToken stop)
    {
        var wish = DataOptions.WishOf(arguments);
        if (DataWish.IsVersion(wish.Data))
        {
            throw new TrainerException($"{wish.Data} is frozen already; its pictures lie where it says. Import the set that it was made of.");
        }

        var survey = Surveyor.Survey(wish.Sources(), wish.Classes, arguments.GetValue(DataOptions.Threads), stop: stop);
        var refused = Enumerable.Range(0, survey.Candidates.Count).Where(i => !survey.Candidates[i].IsUsable).ToArray();
        SetImporter.Import(survey, refused, arguments.GetRequiredValue(Output), stop);
        Console.Out.WriteLine($"{survey.Candidates.Count - refused.Length} of {survey.Candidates.Count} pictures imported into {arguments.GetRequiredValue(Output)}");
        foreach (var i in refused)
        {
            Console.Out.WriteLine($"  left behind: {survey.Candidates[i].Facts.Problem}");
        }

        return ExitCodes.Done;
    }
}
