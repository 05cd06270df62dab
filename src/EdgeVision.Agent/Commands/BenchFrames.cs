using EdgeVision.Capture;
using EdgeVision.Imaging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVision.Agent;

/// <summary>Frames without an end for a benchmark: a video over and over, or a grey picture.</summary>
internal sealed class BenchFrames : IDisposable
{
    private readonly IFrameSource? _source;
    private readonly FramePool? _grey;

    /// <param name="source">Null = the grey picture.</param>
    /// <param name="inFlight">Frames that are out at once.</param>
    public BenchFrames(string? source, int inFlight)
    {
        if (source is null)
        {
            _grey = new FramePool("bench", new ImageLayout(PixelFormat.Nv12, 640, 352), inFlight);
        }
        else
        {
            var options = new FrameSourceOptions { Live = false, Loop = true, PoolFrames = inFlight + 2 };
            _source = FrameSources.Open("bench", source, options, TimeProvider.System, NullLoggerFactory.Instance);
        }
    }

    /// <exception cref="CaptureException">The source gave no frame.</exception>
    public Frame Next()
    {
        if (_grey is not null)
        {
            var frame = _grey.TryRent()!;
            frame.Pixels.Fill(128);
            return frame;
        }

        return _source!.Read(CancellationToken.None) ?? throw new CaptureException(CaptureFailure.Closed, "bench: the source ended; give a video that can be played again from its start");
    }

    public void Dispose() => _source?.Dispose();
}
