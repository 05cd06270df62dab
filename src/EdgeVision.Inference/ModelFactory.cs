using EdgeVision.Packaging;

namespace EdgeVision.Inference;

/// <summary>The decoder that the manifest names, around a loaded network.</summary>
internal static class ModelFactory
{
    private const string Known = "yolox, yolov5, yolov8, ssd, ssd-priors, fastestdet, softmax, logits, ctc, segmentation or none";

    public static VisionModel Create(ModelPackage package, InferenceOptions options)
    {
        RequireKnown(package.Manifest);
        var runner = OrtRunner.Load(package, options);
        try
        {
            return Wrap(package, runner, options);
        }
        catch
        {
            runner.Dispose();
            throw;
        }
    }

    // Before the network is loaded, because a model for a newer daemon may be large.
    private static void RequireKnown(Manifest manifest)
    {
        if (manifest.Decode.Decoder is not ("yolox" or "yolov5" or "yolov8" or "ssd" or "ssd-priors" or "fastestdet" or "softmax" or "logits" or "ctc" or "segmentation" or "none"))
        {
            throw new InferenceException($"{manifest.Model}: decode.decoder '{manifest.Decode.Decoder}' is not known to this daemon; use {Known}, or update the daemon.");
        }
    }

    private static VisionModel Wrap(ModelPackage package, OrtRunner runner, InferenceOptions options)
    {
        var decode = package.Manifest.Decode;
        var encoder = new FrameEncoder(runner.Input, package.Manifest.Preprocess, package.Manifest.Model);
        var labels = package.ReadLabels();
        switch (decode.Decoder)
        {
            case "none":
                return new RawModel(package, runner, encoder, labels);
            case "softmax" or "logits":
                RequireLabels(package, labels, runner.Outputs[0].Length);
                return new ImageClassifier(package, runner, encoder, labels, decode.Decoder == "logits", MapOf(runner, encoder), options.MinConfidence);
            case "ctc":
                return new TextRecognizer(package, runner, encoder, labels, new CtcDecoder(runner.Outputs[0].Shape, labels, decode.Blank, decode.Logits), options.MinConfidence);
            case "segmentation":
                var segmenter = new SegmentationDecoder(runner.Outputs[0].Shape, encoder.Width, encoder.Height);
                RequireLabels(package, labels, segmenter.ClassCount);
                return new ImageSegmenter(package, runner, encoder, labels, segmenter);
            default:
                var decoder = DecoderOf(decode, runner, encoder.Width, encoder.Height);
                RequireLabels(package, labels, decoder.ClassCount);
                return new ObjectDetector(package, runner, encoder, labels, decoder, options.MinConfidence);
        }
    }

    /// <summary>A classifier's second output, where it says of each place what the first says of the picture: as many classes, in rows and columns.</summary>
    private static SegmentationDecoder? MapOf(OrtRunner runner, FrameEncoder encoder) =>
        runner.Outputs is [var verdict, { Shape: [1, > 1 and <= 256, _, _] shape }] && shape[1] == verdict.Length ? new SegmentationDecoder(shape, encoder.Width, encoder.Height) : null;

    private static IOutputDecoder DecoderOf(ManifestDecode decode, OrtRunner runner, int width, int height)
    {
        var first = runner.Outputs[0].Shape;
        var second = runner.Outputs[^1].Shape;
        return decode.Decoder switch
        {
            "yolox" => new YoloxDecoder(first, decode.Strides, width, height),
            "yolov5" => new YoloV5Decoder(first),
            "yolov8" => new YoloV8Decoder(first),
            "ssd" => new SsdDecoder(first, second, decode.BackgroundClasses, width, height),
            "ssd-priors" => new SsdPriorsDecoder(first, second, decode.BackgroundClasses, decode.Strides, decode.MinBoxes, width, height),
            _ => new FastestDetDecoder(first, width, height),
        };
    }

    private static void RequireLabels(ModelPackage package, IReadOnlyList<string> labels, int classes)
    {
        if (labels.Count != classes)
        {
            throw new InferenceException(
                $"{package.Manifest.Model}: the network tells {classes} classes apart, but {package.Manifest.FileOf("labels")?.Name ?? "the package"} has {labels.Count} labels: "
                + "write one line for each class, in the network's order.");
        }
    }
}
