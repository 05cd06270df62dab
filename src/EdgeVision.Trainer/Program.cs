using System.CommandLine;
using EdgeVision.Compression;
using EdgeVision.Imaging;
using EdgeVision.Trainer;

const int Misused = 2, Interrupted = 4;

// Time to take away what is half written when somebody presses Ctrl-C.
var farewell = TimeSpan.FromSeconds(20);

var commands = new RootCommand("EdgeVision's trainer: from a folder of pictures to a model.") { DataCommand.Create() };
var arguments = commands.Parse(args);
if (arguments.Errors.Count > 0)
{
    foreach (var error in arguments.Errors)
    {
        Console.Error.WriteLine($"edgevision-trainer: {error.Message}");
    }

    Console.Error.WriteLine("edgevision-trainer --help lists the commands, edgevision-trainer COMMAND --help what each of them takes.");
    return Misused;
}

try
{
    return await arguments.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = farewell });
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("edgevision-trainer: stopped; nothing half done was left.");
    return Interrupted;
}
catch (Exception exception) when (exception is TrainerException or CompressionException or ImageException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"edgevision-trainer: {exception.Message}");
    return Misused;
}
