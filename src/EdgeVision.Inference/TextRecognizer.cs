using EdgeVision.Imaging;
using EdgeVision.Packaging;

namespace EdgeVision.Inference;

/// <summary>A network that reads one line of text.</summary>
internal sealed class TextRecognizer(
    ModelPackage package, OrtRunner runner, FrameEncoder encoder, IReadOnlyList<string> labels, CtcDecoder decoder, Func<float?> minConfidence) : RawModel(package, runner, encoder, labels)
{
    private readonly BoundTensor _output = runner.Outputs[0];

    public override AnswerKind Answers => AnswerKind.Text;

    protected override void Answer(Letterbox letterbox, Frame frame, VisionResult result)
    {
        decoder.Decode(_output, result.Text);
        if (result.Text.Confidence < (minConfidence() ?? 0))
        {
            result.Text.Clear();
        }
    }
}
