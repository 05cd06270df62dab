using EdgeVision.Imaging;

namespace EdgeVision.Agent.Tests;

/// <summary>Small frames whose fate can be seen: a pool of them and the number that is out.</summary>
internal sealed class AgentFrames(int capacity = FlowLane.Depth + 3)
{
    private readonly FramePool _pool = new("camera", new ImageLayout(PixelFormat.Gray8, 8, 8), capacity);

    public int Leased => _pool.Capacity - _pool.Available;

    public Frame Next(long sequence = 0)
    {
        var frame = _pool.TryRent()!;
        frame.Stamp = new FrameStamp(sequence, TimeSpan.Zero, TimeProvider.System.GetTimestamp(), DateTimeOffset.UnixEpoch);
        return frame;
    }
}
