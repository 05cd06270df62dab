using System.CommandLine;
using EdgeVision.Compression;

namespace EdgeVision.Workbench;

/// <summary><c>model compress</c>: exits 3 when no variant sees well enough; the report is written all the same and says why.</summary>
internal static class CompressCommand
{
    private const int Done = 0, NothingGoodEnough = 3;

    private static readonly Option<string> Model = new("--model") { Description = "package with the float network", Required = true, HelpName = "DIR" };
    private static readonly Option<string> Calibration = new("--calibration") { Description = "pictures like those of the camera: a folder, a list of paths, or any data set", Required = true, HelpName = "DIR|LIST" };
    private static readonly Option<string> Evaluate = new("--evaluate") { Description = "other pictures with truth: folder per class, CSV file,label, COCO json, VOC xml, YOLO txt, idx, npz", Required = true, HelpName = "DATASET" };
    private static readonly Option<double> MaxDrop = new("--max-drop") { Description = "most that the metric may lose, in points of a hundred; 0.5 when not given", HelpName = "POINTS", DefaultValueFactory = _ => 0.5 };
    private static readonly Option<CompressionObjective> Objective = WordOption.Of("--objective", "what is preferred of what sees well enough", CompressionObjective.Fastest, ("fastest", CompressionObjective.Fastest), ("smallest", CompressionObjective.Smallest));
    private static readonly Option<int> Limit = new("--limit") { Description = "calibration pictures, evenly chosen of all; 200 when not given", HelpName = "N", DefaultValueFactory = _ => 200 };
    private static readonly Option<int?> EvaluateLimit = new("--evaluate-limit") { Description = "evaluation pictures, evenly chosen; all when not given", HelpName = "N" };
    private static readonly Option<int> Threads = new("--threads") { Description = "threads of the second latency figure; the processor's when not given", HelpName = "N", DefaultValueFactory = _ => Environment.ProcessorCount };
    private static readonly Option<bool> Quick = new("--quick") { Description = "leave out equalization, bias correction and the figures of each layer" };
    private static readonly Option<bool> Fresh = new("--fresh") { Description = "take nothing from an earlier run" };

    public static Command Create()
    {
        var command = new Command("compress", "make small and fast variants of a model, and prove that they still see")
        {
            Model, Calibration, Evaluate, TargetOption.Target, MaxDrop, Objective, Limit, EvaluateLimit, EvaluationOptionSet.Images, EvaluationOptionSet.ClassNames, AliasOption.Map, Threads, ModelOptions.Version, ModelOptions.Counter, Quick, Fresh, ModelOptions.Output, ModelOptions.Json,
        };
        command.SetAction((arguments, stop) => Task.Run(() => Run(arguments, stop), CancellationToken.None));
        return command;
    }

    private static int Run(ParseResult arguments, CancellationToken stop)
    {
        var request = RequestOf(arguments);
        var result = ProgressDisplay.Run(display => ModelCompressor.Compress(request, new Steps(display), stop));
        if (arguments.GetValue(ModelOptions.Json))
        {
            CompressionText.PrintJson(result);
        }
        else
        {
            CompressionText.Print(result);
        }

        return result.Outcome == CompressionOutcome.Compressed ? Done : NothingGoodEnough;
    }

    private static CompressionRequest RequestOf(ParseResult arguments) => new()
    {
        Model = arguments.GetRequiredValue(Model),
        Calibration = arguments.GetRequiredValue(Calibration),
        Evaluation = arguments.GetRequiredValue(Evaluate),
        EvaluationNames = EvaluationOptionSet.NamesOf(arguments),
        Output = arguments.GetRequiredValue(ModelOptions.Output),
        Target = arguments.GetValue(TargetOption.Target),
        Objective = arguments.GetValue(Objective),
        MaxDrop = arguments.GetValue(MaxDrop),
        CalibrationLimit = arguments.GetValue(Limit),
        EvaluationLimit = arguments.GetValue(EvaluateLimit),
        Threads = arguments.GetValue(Threads),
        Quick = arguments.GetValue(Quick),
        Fresh = arguments.GetValue(Fresh),
        Version = arguments.GetValue(ModelOptions.Version),
        Counter = arguments.GetValue(ModelOptions.Counter),
    };

    private sealed class Steps(ProgressDisplay display) : IProgress<CompressionStep>
    {
        public void Report(CompressionStep value) => display.Show($"{value.Number} of {CompressionStep.Count}: {value.What}", value.Share);
    }
}
