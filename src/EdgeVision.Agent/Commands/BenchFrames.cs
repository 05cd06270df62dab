using EdgeVision.Capture;
using EdgeVision.Imaging;
using EdgeVision.Inference;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVision.Agent;

/// <summary>Frames without an end for a benchmark: a video over and over, or one grey picture.</summary>
internal sealed class BenchFrames : IDisposable
{
    private readonly IFrameSource? _source;
    private readonly Frame? _picture;

    public BenchFrames(string? source)
    {
        if (source is not null)
        {
            _source = FrameSources.Open("bench", source, new FrameSourceOptions { Live = false, Loop = true }, TimeProvider.System, NullLoggerFactory.Instance);
            return;
        }

        _picture = new FramePool("bench", new ImageLayout(PixelFormat.Nv12, 640, 352), capacity: 1).TryRent()!;
        _picture.Pixels.Fill(128);
    }

    /// <exception cref="CaptureException">The source gave no frame.</exception>
    public void Look(VisionModel model, VisionResult result)
    {
        if (_picture is not null)
        {
            model.Infer(_picture, result);
            return;
        }

        using var frame = _source!.Read(CancellationToken.None) ?? throw new CaptureException(CaptureFailure.Closed, "bench: the source ended; give a video that can be played again from its start");
        model.Infer(frame, result);
    }

    public void Dispose()
    {
        _source?.Dispose();
        _picture?.Dispose();
    }
}
