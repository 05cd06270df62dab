using EdgeVision.Capture;
using EdgeVision.Compression;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVision.Inference.Tests;

/// <summary>A real video through the real decoder and the real network, in the pixel format that the daemon uses.</summary>
public sealed class VideoParityTests(ITestOutputHelper output)
{
    private const int Frames = 177;

    private static readonly Dictionary<string, string> _vehicles = new() { ["car"] = "vehicle", ["truck"] = "vehicle", ["bus"] = "vehicle" };

    [Fact]
    public void VisionModel_HighwayClip_FindsVehiclesWithTheReferencePrecision()
    {
        // The same network on the same clip through OpenCV: AP50 0.608.
        using var source = new FfmpegSource("highway", new FfmpegOptions { Url = HighwayClip.Path }, TimeProvider.System, NullLogger<FfmpegSource>.Instance);
        using var yolox = Shipped.Load("yolox-nano", minConfidence: Evaluator.LeastConfidence);
        using var clip = Clip(yolox, source);
        var evaluation = Evaluator.Evaluate(yolox, clip, new EvaluationOptions { ReadAhead = 1 }, null, TestContext.Current.CancellationToken);

        output.WriteLine($"YOLOX-Nano, highway, vehicle AP50: {evaluation.Value:0.0000} ({evaluation.Low:0.000} to {evaluation.High:0.000}) in {evaluation.Count} frames");
        Assert.Equal((Frames, 6292), (evaluation.Count, evaluation.Classes.Single().Truths));
        Assert.InRange(evaluation.Value, 0.60, 1);
    }

    // The items' pictures are the source's frames, because a data set is opened in its order.
    private static Dataset Clip(VisionModel model, FfmpegSource source)
    {
        var truths = HighwayClip.VehiclesByFrame();
        var classes = new DatasetClasses(model.Labels, _vehicles);
        var vehicle = classes.OfTruth("vehicle");
        var items = Enumerable.Range(1, Frames).Select(number => new DatasetItem(
            $"{number}", 0, new Truth { Boxes = [.. truths[number].Select(box => new TrueBox(vehicle, box))] }, () => source.Read(CancellationToken.None) ?? throw new IOException("the clip is over")));
        return new Dataset(DatasetKind.Boxes, classes, [.. items], "", []);
    }
}
