using System.CommandLine;

namespace EdgeVision.Trainer;

/// <summary><c>data report</c>: what is in a version, and what is not.</summary>
internal static class DataReportCommand
{
    private static readonly Option<string> Version = new("--data") { Description = "a frozen version", Required = true, HelpName = "FILE" };

    public static Command Create()
    {
        var command = new Command("report", "say what is in a frozen version, what was left out and why (data check looks whether its pictures are still the same)") { Version };
        command.SetAction(arguments =>
        {
            Console.Out.Write(VersionText.Of(VersionJson.Read(arguments.GetRequiredValue(Version))));
            return ExitCodes.Done;
        });
        return command;
    }
}
