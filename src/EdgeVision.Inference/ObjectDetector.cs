using EdgeVision.Imaging;
using EdgeVision.Packaging;

namespace EdgeVision.Inference;

/// <summary>A detector network: boxes in picture pixels, surest first, at most one per object and class.</summary>
internal sealed class ObjectDetector(
    ModelPackage package, OrtRunner runner, FrameEncoder encoder, IReadOnlyList<string> labels, IOutputDecoder decoder, Func<float?> minConfidence) : RawModel(package, runner, encoder, labels)
{
    private readonly float _iou = package.Manifest.Decode.Iou;
    private readonly float _minConfidence = package.Manifest.Decode.MinConfidence;
    private readonly BoundTensor[] _outputs = runner.Outputs;

    public override AnswerKind Answers => AnswerKind.Boxes;

    protected override void Answer(Letterbox letterbox, Frame frame, VisionResult result)
    {
        decoder.Decode(_outputs, minConfidence() ?? _minConfidence, result.Detections);
        NonMaxSuppression.Apply(result.Detections, _iou);
        foreach (ref var box in result.Detections.Boxes)
        {
            box = letterbox.Project(box, frame.Width, frame.Height);
        }
    }
}
