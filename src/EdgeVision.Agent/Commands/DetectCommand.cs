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
    private static readonly Option<string> Source = new("--source") { Description = "rtsp://, http(s)://, a video, a picture or a folder of pictures", Required = true };
    private static readonly Option<string?> Json = new("--json") { Description = "file for one JSON line per frame; - is the standard output" };
    private static readonly Option<string?> Annotate = new("--annotate") { Description = "folder for pictures with boxes" };
    private static readonly Option<float?> MinConfidence = new("--min-confidence") { Description = "0 to 1, instead of the package's" };
    private static readonly Option<long> MaxFrames = new("--max-frames") { Description = "stop after so many", DefaultValueFactory = _ => long.MaxValue };
    private static readonly Option<int> Threads = new("--threads") { Description = "within one operator", DefaultValueFactory = _ => 1 };

    public static Command Create()
    {
        var command = new Command("detect", "run a model on every frame of a file, folder or stream") { Model, Source, Json, Annotate, MinConfidence, MaxFrames, Threads };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        using var model = VisionModel.Load(ModelPackage.Open(arguments.GetRequiredValue(Model)), new InferenceOptions { Threads = arguments.GetValue(Threads), MinConfidence = arguments.GetValue(MinConfidence) });
        using var source = FrameSources.Open("source", arguments.GetRequiredValue(Source), new FrameSourceOptions { Live = false }, TimeProvider.System, NullLoggerFactory.Instance);
        var (json, folder) = (arguments.GetValue(Json), arguments.GetValue(Annotate));
        using var output = json is null ? null : OutputFile.Open(json);
        if (folder is not null)
        {
            Directory.CreateDirectory(folder);
        }

        Look(model, source, output, folder, arguments.GetValue(MaxFrames));
        output?.Finish();
        return 0;
    }

    private static void Look(VisionModel model, IFrameSource source, OutputFile? output, string? folder, long limit)
    {
        var result = new VisionResult();
        for (var index = 0L; index < limit && source.Read(CancellationToken.None) is { } frame; index++)
        {
            using (frame)
            {
                model.Infer(frame, result);
                output?.Write(index, frame, model, result);
                if (folder is not null)
                {
                    var picture = Annotator.DrawJpeg(frame, result.Detections, model.Labels);
                    File.WriteAllBytes(Path.Combine(folder, index.ToString("D6", CultureInfo.InvariantCulture) + ".jpg"), picture);
                }
            }
        }
    }
}
