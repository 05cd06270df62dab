using System.CommandLine;

namespace EdgeVision.Trainer;

/// <summary><c>data check</c>: what is wrong with a set. Exit code 2 when training from it would be dishonest.</summary>
internal static class DataCheckCommand
{
    public static Command Create()
    {
        var command = new Command("check", "look for what is wrong with a set: unreadable pictures, copies, leaks, classes, boxes (exit code 2: figures would be no good)")
            .With([.. DataOptions.Which, DataOptions.Accept, DataOptions.Exact, DataOptions.Threads, DataOptions.Json]);
        command.SetAction((arguments, stop) => Task.Run(() => Run(arguments, stop), CancellationToken.None));
        return command;
    }

    private static int Run(ParseResult arguments, CancellationToken stop)
    {
        var report = DataWork.Judge(arguments, stop);
        Console.Out.Write(arguments.GetValue(DataOptions.Json) ? QualityJson.Write(report) + "\n" : QualityText.Of(report));
        var objections = report.Objections(DataOptions.AcceptedOf(arguments), cured: false);
        if (objections.Count == 0)
        {
            return ExitCodes.Done;
        }

        Console.Error.WriteLine($"edgevision-trainer: {objections[0].What}. {objections[0].Advice} To go on all the same: --accept {string.Join(',', objections.Select(each => FindingWords.Of(each.Kind)).Distinct())}.");
        return ExitCodes.BadInput;
    }
}
