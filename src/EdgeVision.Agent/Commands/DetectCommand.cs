using System.CommandLine;
using System.Globalization;
using EdgeVision.Capture;
using EdgeVision.Imaging;
using EdgeVision.Inference;
using EdgeVision.Packaging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVision.Agent;

/// <summary><c>edgevisiond detect</c>: a model on every frame of a file, a folder or a stream, as JSON lines and as pictures.</summary>
internal static class DetectCommand
{
    private static readonly Option<string> Model = new("--model") { Description = "folder of a model package", Required = true };
    private static readonly Option<string> Source = new("--source") { Description = "rtsp://, http(s)://, synthetic://intersection?frames=100, a video, a picture or a folder of pictures", Required = true };
    private static readonly Option<string?> Json = new("--json") { Description = "file for one JSON line per frame; - is the standard output" };
    private static readonly Option<string?> Annotate = new("--annotate") { Description = "folder for pictures with boxes" };
    private static readonly Option<float?> MinConfidence = new("--min-confidence") { Description = "0 to 1, instead of the package's" };
    private static readonly Option<long> MaxFrames = new("--max-frames") { Description = "stop after so many", DefaultValueFactory = _ => long.MaxValue };
    private static readonly Option<int> Threads = new("--threads") { Description = "within one operator", DefaultValueFactory = _ => 1 };
    private static readonly Option<int> Workers = new("--workers") { Description = "frames looked at at once; the answers are the same", DefaultValueFactory = _ => Math.Min(Environment.ProcessorCount, 8) };

    public static Command Create()
    {
        var command = new Command("detect", "run a model on every frame of a file, folder or stream") { Model, Source, Json, Annotate, MinConfidence, MaxFrames, Threads, Workers };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        var package = ModelPackage.Open(arguments.GetRequiredValue(Model));
        var minConfidence = arguments.GetValue(MinConfidence);
        var options = new InferenceOptions { Threads = arguments.GetValue(Threads), MinConfidence = () => minConfidence };
        var workers = Math.Clamp(arguments.GetValue(Workers), 1, 64);
        using var crew = new VisionCrew(() => VisionModel.Load(package, options), workers);
        using var source = FrameSources.Open(
            "source", arguments.GetRequiredValue(Source), new FrameSourceOptions { Live = false, PoolFrames = VisionCrew.SlotsFor(workers) + 2 }, TimeProvider.System, NullLoggerFactory.Instance);
        using var output = arguments.GetValue(Json) is { } json ? OutputFile.Open(json) : null;
        var folder = arguments.GetValue(Annotate) is { } annotate ? Directory.CreateDirectory(annotate).FullName : null;
        var limit = arguments.GetValue(MaxFrames);
        crew.Look(() => limit-- > 0 ? source.Read(CancellationToken.None) : null, (index, frame, model, result) =>
        {
            output?.Write(index, frame, model, result);
            if (folder is not null)
            {
                var (picture, _, _) = Annotator.DrawJpeg(frame, result.Detections, model.Labels);
                File.WriteAllBytes(Path.Combine(folder, index.ToString("D6", CultureInfo.InvariantCulture) + ".jpg"), picture);
            }
        });
        output?.Finish();
        return 0;
    }
}
