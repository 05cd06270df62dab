using System.CommandLine;
using EdgeVision.Agent;
using EdgeVision.Capture;
using EdgeVision.Hub;
using EdgeVision.Imaging;
using EdgeVision.Inference;
using EdgeVision.Packaging;
using EdgeVision.Packaging.Tuf;
using EdgeVision.Update;

const int Failed = 1, Misused = 2;

var commands = new RootCommand("EdgeVision: any camera and any CNN becomes a managed vision sensor.")
{
    RunCommand.Create(), CheckCommand.Create(), DetectCommand.Create(), BenchCommand.Create(), GoldenCommand.Create(), ExamCommand.Create(), OutboxCommand.Create(), OtaCommand.Create(), AuditCommand.Create(), TufCommand.Create(),
};
var arguments = commands.Parse(args);
if (arguments.Errors.Count > 0)
{
    foreach (var error in arguments.Errors)
    {
        Console.Error.WriteLine($"edgevisiond: {error.Message}");
    }

    Console.Error.WriteLine("edgevisiond --help lists the commands, edgevisiond COMMAND --help their options.");
    return Misused;
}

try
{
    // The daemon itself listens to signals: it has cameras to stop and a last message to send.
    return await arguments.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
}
catch (Exception exception) when (exception is ConfigurationException or CaptureException or HubException or ImageException or ImportException or InferenceException or PackageException or TufException or IOException or UnauthorizedAccessException)
{
    // These say in their message what is wrong and what to do; where in the program it was noticed helps nobody.
    Console.Error.WriteLine($"edgevisiond: {exception.Message}");
    return Failed;
}
