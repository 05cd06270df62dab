using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVision.Capture.Tests;

public sealed class SyntheticSourceTests
{
    [Fact]
    public void Read_AsCamera_ComesAtItsRateAndEnds()
    {
        using var source = Open("synthetic://intersection?seed=3&rate=20&width=96&height=64&frames=8", new());
        var watch = Stopwatch.StartNew();
        var frames = Sources.ReadAll(source);

        Assert.InRange(watch.Elapsed.TotalSeconds, 0.34, 5);
        Assert.All(frames, frame => Assert.Equal((96, 64), (frame.Width, frame.Height)));
        Assert.All(frames, frame => Assert.Equal(TimeSpan.FromSeconds(frame.Stamp.Sequence / 20.0), frame.Stamp.Pts));
        Assert.Equal(8, source.Status.FramesRead + source.Status.FramesSkipped);
        Assert.Equal(SourceState.Ended, source.Status.State);
    }

    [Fact]
    public void Read_AsFile_GivesEveryFrameWithItsTruthAndBeginsAgain()
    {
        using var source = (SyntheticSource)Open("SYNTHETIC://Intersection?Width=96&height=64&frames=2&light=NIGHT", new() { Live = false, Loop = true });
        var pixels = new List<byte[]>();
        for (var i = 0; i < 3; i++)
        {
            using var frame = source.Read(CancellationToken.None)!;
            pixels.Add(frame.Pixels.ToArray());
            Assert.Equal(source.CurrentObjects, source.Scene.SceneAt(i % 2));
            Assert.NotEmpty(source.CurrentObjects);
        }

        Assert.Equal(pixels[0], pixels[2]);
        Assert.NotEqual(pixels[0], pixels[1]);
    }

    [Theory]
    [InlineData("crossroads", "synthetic://intersection")]
    [InlineData("intersection?sed=1", "no option 'sed'; there are seed")]
    [InlineData("intersection?seed=-1", "seed=-1 is not allowed; seed is a whole number from 0")]
    [InlineData("intersection?rate=0", "rate is a number from 1 to 120")]
    [InlineData("intersection?rate=NaN", "rate=NaN is not allowed")]
    [InlineData("intersection?width=1e3", "width is a whole number from 64 to 1920")]
    [InlineData("intersection?light=dusk", "light=dusk is not allowed; light is day, night, auto")]
    [InlineData("intersection?weather", "weather= is not allowed; weather is clear, rain, auto")]
    [InlineData("intersection?frames=0", "frames is a whole number from 1")]
    public void Open_BadOption_NamesItAndWhatIsAllowed(string address, string says) =>
        Assert.Contains(says, Assert.Throws<CaptureException>(() => Open("synthetic://" + address, new())).Message, StringComparison.Ordinal);

    private static IFrameSource Open(string uri, FrameSourceOptions options) => FrameSources.Open("cam", uri, options, TimeProvider.System, NullLoggerFactory.Instance);
}
