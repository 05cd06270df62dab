using EdgeVision.Imaging;

namespace EdgeVision.Capture;

/// <summary>Where frames come from. One thread reads; any thread may look at <see cref="Status"/> or dispose.</summary>
public interface IFrameSource : IDisposable
{
    /// <summary>The camera's name in the configuration.</summary>
    string Id { get; }

    /// <summary>What the source is doing now; a snapshot, replaced whole.</summary>
    SourceStatus Status { get; }

    /// <summary>Raised on the reading thread when <see cref="SourceStatus.State"/> or the failure changes.</summary>
    event Action<IFrameSource, SourceStatus>? StatusChanged;

    /// <summary>Blocks until the next frame. The caller owns it and disposes it.</summary>
    /// <returns>The next frame; null at the end of a source that ends (a file, a folder) or when cancelled. A live source reopens itself and never ends.</returns>
    /// <exception cref="CaptureException">A source that is not to be reopened could not be read; the exception carries the <see cref="CaptureFailure"/>.</exception>
    Frame? Read(CancellationToken cancellationToken);
}
