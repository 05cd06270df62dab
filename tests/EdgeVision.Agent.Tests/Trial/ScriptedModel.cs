using EdgeVision.Imaging;
using EdgeVision.Inference;

namespace EdgeVision.Agent.Tests;

/// <summary>A model that plays what a test wrote for it, frame by frame.</summary>
/// <param name="play">Told how many frames came before; fills the result.</param>
internal sealed class ScriptedModel(IReadOnlyList<string> labels, Action<int, VisionResult> play) : VisionModel
{
    public static readonly string[] PersonCar = ["person", "car"];

    private int _frames;

    public int Frames => Volatile.Read(ref _frames);

    public bool IsDisposed { get; private set; }

    /// <summary>Whether its outputs are numbers.</summary>
    public Func<int, bool> IsFinite { get; init; } = _ => true;

    public override ModelIdentity Identity { get; } = new("scripted", "1.0.0", "sha256:scripted");

    public override IReadOnlyList<string> Labels => labels;

    public override AnswerKind Answers => AnswerKind.Boxes;

    public override PlacementReport Placement { get; } = new("cpu", new Dictionary<string, int> { ["cpu"] = 1 }, "fp32", Degraded: false);

    /// <summary>One person, always in the same place.</summary>
    public static ScriptedModel Seeing(float confidence = 0.9f) => new(PersonCar, (_, result) => result.Detections.Add(new BoundingBox(0, 0, 10, 10), confidence, 0));

    public override void Infer(Frame frame, VisionResult result)
    {
        result.Detections.Clear();
        result.Classes.Clear();
        play(_frames, result);
        Interlocked.Increment(ref _frames);
    }

    public override bool OutputsAreFinite() => IsFinite(_frames);

    public override void RunBare()
    {
    }

    public override void Dispose() => IsDisposed = true;
}
