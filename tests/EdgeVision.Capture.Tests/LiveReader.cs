using System.Diagnostics;

namespace EdgeVision.Capture.Tests;

/// <summary>Reads a live source on a thread of its own, the way the daemon does, and waits for what should happen.</summary>
internal sealed class LiveReader : IDisposable
{
    private readonly Thread _thread;
    private readonly CancellationTokenSource _stop = new();

    public LiveReader(FfmpegOptions options)
    {
        Source = Sources.Open(options);
        _thread = new Thread(Run) { IsBackground = true };
        _thread.Start();
    }

    public FfmpegSource Source { get; }

    public Stopwatch Since { get; } = Stopwatch.StartNew();

    public void WaitForFrames(int more, TimeSpan patience)
    {
        var target = Source.Status.FramesRead + more;
        WaitFor(status => status.FramesRead >= target, patience);
    }

    public SourceStatus WaitFor(Func<SourceStatus, bool> condition, TimeSpan patience)
    {
        var watch = Stopwatch.StartNew();
        while (!condition(Source.Status))
        {
            Assert.True(watch.Elapsed < patience, $"after {patience} still {Source.Status}");
            Thread.Sleep(10);
        }

        return Source.Status;
    }

    public void Dispose()
    {
        var watch = Stopwatch.StartNew();
        Source.Dispose();
        Assert.True(_thread.Join(5000), "the reading thread did not leave");
        Assert.InRange(watch.ElapsedMilliseconds, 0, 2000);
        _stop.Dispose();
    }

    private void Run()
    {
        while (Source.Read(_stop.Token) is { } frame)
        {
            frame.Dispose();
        }
    }
}
