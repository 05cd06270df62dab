using System.Diagnostics;
using EdgeVision.Imaging;
using EdgeVision.Packaging;

namespace EdgeVision.Inference;

/// <summary>A loaded network with its way in; the answer is left to <see cref="Answer"/>, and for the decoder <c>none</c> there is none.</summary>
internal class RawModel(ModelPackage package, OrtRunner runner, FrameEncoder encoder, IReadOnlyList<string> labels) : VisionModel
{
    public sealed override ModelIdentity Identity { get; } = new(package.Manifest.Model, package.Manifest.Version, package.Digest);

    public sealed override IReadOnlyList<string> Labels => labels;

    public override AnswerKind Answers => AnswerKind.Nothing;

    public sealed override PlacementReport Placement => runner.Placement;

    public sealed override void Infer(Frame frame, VisionResult result)
    {
        result.Clear();
        var start = Stopwatch.GetTimestamp();
        var letterbox = encoder.Encode(frame);
        var encoded = Stopwatch.GetTimestamp();
        runner.Run();
        var ran = Stopwatch.GetTimestamp();
        Answer(letterbox, frame, result);
        result.Times = new StageTimes(encoded - start, ran - encoded, Stopwatch.GetTimestamp() - ran);
    }

    public sealed override bool OutputsAreFinite() => runner.OutputsAreFinite();

    public sealed override void RunBare() => runner.Run();

    public sealed override void Dispose() => runner.Dispose();

    /// <summary>Turns the outputs into the result; the frame's size is the picture's.</summary>
    protected virtual void Answer(Letterbox letterbox, Frame frame, VisionResult result)
    {
    }
}
