using EdgeVision.Imaging;
using EdgeVision.Packaging;

namespace EdgeVision.Inference;

/// <summary>A network that tells the class of every place.</summary>
internal sealed class ImageSegmenter(ModelPackage package, OrtRunner runner, FrameEncoder encoder, IReadOnlyList<string> labels, SegmentationDecoder decoder) : RawModel(package, runner, encoder, labels)
{
    private readonly BoundTensor _output = runner.Outputs[0];

    public override AnswerKind Answers => AnswerKind.Segments;

    protected override void Answer(Letterbox letterbox, Frame frame, VisionResult result) => decoder.Decode(_output, letterbox, result.ClassMap);
}
