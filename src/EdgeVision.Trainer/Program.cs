using System.CommandLine;
using EdgeVision.Compression;
using EdgeVision.Imaging;
using EdgeVision.Inference;
using EdgeVision.Onnx;
using EdgeVision.Packaging;
using EdgeVision.Packaging.Repository;
using EdgeVision.Trainer;
using EdgeVision.Trainer.Commands;
using EdgeVision.Trainer.Distributed;

// Time to finish a step and write the checkpoint when somebody presses Ctrl-C.
var farewell = TimeSpan.FromMinutes(1);

RankGroup.SpeakPlainly();
var commands = new RootCommand("From a folder of pictures to a signed, compressed model on the device.")
{
    DataCommand.Create(), TrainCommand.Create(), ResumeCommand.Create(), ReportCommand.Create(), EvaluateCommand.Create(), SearchCommand.Create(), PruneCommand.Create(), QuantizeCommand.Create(), ReleaseCommand.Create(), LoopCommand.Create(),
};
var arguments = commands.Parse(args);
if (arguments.Errors.Count > 0)
{
    const string Help = "edgevision-trainer --help lists the commands, edgevision-trainer COMMAND --help what each of them takes.";
    return RankGroup.End(ExitCodes.BadInput, $"{string.Join("\nedgevision-trainer: ", arguments.Errors.Select(error => error.Message))}\n{Help}");
}

try
{
    return RankGroup.End(await arguments.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = farewell }));
}
catch (OperationCanceledException)
{
    return RankGroup.End(ExitCodes.Interrupted, "stopped; nothing half done was left. A training goes on with edgevision-trainer resume RUN.");
}
catch (Exception exception) when (exception is TrainerException or CompressionException or ImageException or InferenceException or OnnxException or PackageException or RepositoryException or IOException or UnauthorizedAccessException)
{
    // These say in their message what is wrong and what to do; where in the program it was noticed helps nobody.
    return RankGroup.End(ExitCodes.BadInput, exception.Message);
}
