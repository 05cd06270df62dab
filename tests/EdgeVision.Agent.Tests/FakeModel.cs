using EdgeVision.Imaging;
using EdgeVision.Inference;

namespace EdgeVision.Agent.Tests;

/// <summary>A model whose answers a test writes down beforehand.</summary>
internal sealed class FakeModel(string name, Exception? failure = null) : VisionModel
{
    public bool IsDisposed { get; private set; }

    public int Frames { get; private set; }

    public override ModelIdentity Identity { get; } = new(name, "1.0.0", "sha256:" + name);

    public override IReadOnlyList<string> Labels { get; } = ["person", "car"];

    public override AnswerKind Answers => AnswerKind.Boxes;

    public override PlacementReport Placement { get; } = new("cpu", new Dictionary<string, int> { ["cpu"] = 1 }, "fp32", Degraded: false);

    public override void Infer(Frame frame, VisionResult result)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        Frames++;
        result.Detections.Clear();
        result.Classes.Clear();
        if (failure is not null)
        {
            throw failure;
        }

        result.Detections.Add(new BoundingBox(0, 0, 4, 4), 0.5f, 1);
    }

    public override bool OutputsAreFinite() => true;

    public override void RunBare()
    {
    }

    public override void Dispose() => IsDisposed = true;
}
