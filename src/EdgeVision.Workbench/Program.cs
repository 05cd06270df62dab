using System.CommandLine;
using EdgeVision.Compression;
using EdgeVision.Imaging;
using EdgeVision.Inference;
using EdgeVision.Onnx;
using EdgeVision.Packaging;
using EdgeVision.Packaging.Repository;
using EdgeVision.Packaging.Tuf;
using EdgeVision.Workbench;

const int Failed = 1, Misused = 2, Interrupted = 130;

// ENOSPC.
const int NoSpaceLeft = 28;

// Time to take away what is half written when somebody presses Ctrl-C.
var farewell = TimeSpan.FromSeconds(20);

var commands = new RootCommand("EdgeVision's tool for people: inspect, compress, evaluate, package, sign and release models.") { ModelCommand.Create(), RepoCommand.Create(), CompletionCommand.Create() };
var arguments = commands.Parse(args);
if (arguments.Errors.Count > 0)
{
    foreach (var error in arguments.Errors)
    {
        Console.Error.WriteLine($"edgevision: {error.Message}");
    }

    Console.Error.WriteLine("edgevision --help lists the commands, edgevision COMMAND --help what each of them takes.");
    return Misused;
}

try
{
    return await arguments.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = farewell });
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("edgevision: stopped; nothing half done was left. The same command goes on from here.");
    return Interrupted;
}
catch (Exception exception) when (exception is RepositoryException or PackageException or TufException or OnnxException or CompressionException or InferenceException or ImageException or IOException or UnauthorizedAccessException)
{
    // These say in their message what is wrong and what to do; where in the program it was noticed helps nobody.
    Console.Error.WriteLine($"edgevision: {exception.Message}{(exception is IOException { HResult: NoSpaceLeft } ? ". Make room there, or write to another disk; nothing half done was left, and the same command goes on from here." : "")}");
    return Failed;
}
