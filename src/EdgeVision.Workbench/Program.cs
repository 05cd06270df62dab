using System.CommandLine;
using EdgeVision.Compression;
using EdgeVision.Inference;
using EdgeVision.Onnx;
using EdgeVision.Packaging;
using EdgeVision.Packaging.Repository;
using EdgeVision.Packaging.Tuf;
using EdgeVision.Workbench;

const int Failed = 1, Misused = 2;

var commands = new RootCommand("EdgeVision's tool for people: inspect, compress, sign and release models.") { RepoCommand.Create(), ModelCommand.Create() };
var arguments = commands.Parse(args);
if (arguments.Errors.Count > 0)
{
    foreach (var error in arguments.Errors)
    {
        Console.Error.WriteLine($"edgevision: {error.Message}");
    }

    Console.Error.WriteLine("edgevision --help lists the commands, edgevision model --help and edgevision repo --help theirs.");
    return Misused;
}

try
{
    return await arguments.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception exception) when (exception is RepositoryException or PackageException or TufException or OnnxException or CompressionException or InferenceException or IOException or UnauthorizedAccessException)
{
    // These say in their message what is wrong and what to do; where in the program it was noticed helps nobody.
    Console.Error.WriteLine($"edgevision: {exception.Message}");
    return Failed;
}
