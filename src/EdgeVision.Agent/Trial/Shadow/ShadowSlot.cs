using EdgeVision.Imaging;
using EdgeVision.Inference;

namespace EdgeVision.Agent;

/// <summary>The one place for a frame on its way to the shadow: its pixels and what the model in service said of it, copied.</summary>
/// <remarks>Memory is made for each geometry of frame that comes, at its first. The loop fills it, the shadow's thread looks; never both at once.</remarks>
internal sealed class ShadowSlot
{
    private readonly Dictionary<ImageLayout, Frame> _frames = [];
    private Frame? _frame;

    public Frame Frame => _frame!;

    /// <summary>What the model in service said.</summary>
    public VisionResult Said { get; } = new();

    /// <summary>The model that said it.</summary>
    public VisionModel? By { get; private set; }

    public void Fill(Frame frame, VisionModel model, VisionResult result)
    {
        if (!_frames.TryGetValue(frame.Layout, out _frame))
        {
            _frames[frame.Layout] = _frame = new FramePool("shadow", frame.Layout, capacity: 1).TryRent()!;
        }

        frame.Pixels.CopyTo(_frame.Pixels);
        (_frame.Color, _frame.Stamp, By) = (frame.Color, frame.Stamp, model);
        Said.Classes.Clear();
        Said.Classes.AddRange(result.Classes);
        Said.Detections.Clear();
        for (var i = 0; i < result.Detections.Count; i++)
        {
            Said.Detections.Add(result.Detections.Boxes[i], result.Detections.Confidences[i], result.Detections.ClassIds[i]);
        }
    }
}
