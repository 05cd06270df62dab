using System.CommandLine;
using EdgeVision.Workbench;

namespace EdgeVision.Trainer;

/// <summary><c>data digits</c>: handwritten digits that nobody wrote, to learn from where real ones are left for testing.</summary>
internal static class DataDigitsCommand
{
    private static readonly Option<string> Output = new("--out") { Description = "folder to write", Required = true, HelpName = "DIR" };
    private static readonly Option<int> Count = NumberOption.Of("--count", "pictures; 20000 when not given", 1, 1_000_000, 20_000);

    public static Command Create()
    {
        var command = new Command("digits", "write digits as a hand might, 28x28, laid out as MNIST's (idx files)").With([Output, Count, DataOptions.Seed]);
        command.SetAction(arguments =>
        {
            DigitSet.Write(arguments.GetRequiredValue(Output), arguments.GetValue(Count), arguments.GetValue(DataOptions.Seed));
            return ExitCodes.Done;
        });
        return command;
    }
}
