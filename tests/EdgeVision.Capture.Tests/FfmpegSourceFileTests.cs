using EdgeVision.Imaging;

namespace EdgeVision.Capture.Tests;

public class FfmpegSourceFileTests
{
    [Theory]
    [InlineData("video/street_inbound_8_vehicles.mp4", 905, 640, 352, 24)]
    [InlineData("video/ngsim_us101_seq1_3fps.mp4", 177, 640, 480, 3)]
    public void Read_File_EveryDecodedFrameOnceWithItsOwnTime(string clip, int count, int width, int height, double fps)
    {
        using var source = Sources.Open(new() { Url = TestData.Require(clip) });

        var frames = Sources.ReadAll(source);

        Assert.Equal(count, frames.Count);
        Assert.All(frames, frame => Assert.Equal((width, height), (frame.Width, frame.Height)));
        Assert.Equal(Enumerable.Range(0, count).Select(i => (long)i), frames.Select(frame => frame.Stamp.Sequence));
        Assert.Equal(TimeSpan.Zero, frames[0].Stamp.Pts);
        Assert.Equal(30 / fps, frames[30].Stamp.Pts.TotalSeconds, 0.05);
        Assert.Equal(SourceState.Ended, source.Status.State);
        Assert.Equal(count, source.Status.FramesRead);
        Assert.Equal(0, source.Status.FramesSkipped);
    }

    [Fact]
    public void Read_VariableFrameRate_TimesAreTheFilesOwn()
    {
        using var folder = new TemporaryDirectory();
        var file = folder.File("vfr.mkv");
        // 10 frames a second, of which every third is kept: 0, 0.3, 0.6, 0.9; then a jump to 2.0
        Sources.Make("-f", "lavfi", "-i", "testsrc2=s=64x48:r=10:d=2.1", "-vf", "select='lt(t,1)*not(mod(n,3))+eq(n,20)'", "-fps_mode", "passthrough", "-c:v", "libx264", file);
        using var source = Sources.Open(new() { Url = file });

        Assert.Equal([0, 0.3, 0.6, 0.9, 2.0], Sources.ReadAll(source).Select(frame => Math.Round(frame.Stamp.Pts.TotalSeconds, 3)));
    }

    [Theory]
    [InlineData(PixelFormat.Nv12, 64, 48)]
    [InlineData(PixelFormat.Bgr24, 65, 49)]
    public void Read_OddSize_Nv12LosesTheLastColumnAndRowBgrKeepsThem(PixelFormat format, int width, int height)
    {
        using var folder = new TemporaryDirectory();
        var file = folder.File("odd.mkv");
        Sources.Make("-f", "lavfi", "-i", "color=red:s=65x49:r=5:d=1,format=bgr24", "-c:v", "ffv1", file);
        using var source = Sources.Open(new() { Url = file, Format = format });

        Assert.Equal(Enumerable.Repeat((width, height), 5), Sources.ReadAll(source).Select(frame => (frame.Width, frame.Height)));
    }

    [Theory]
    [InlineData("bt709", YuvColor.Bt709)]
    [InlineData("smpte170m", YuvColor.Bt601)]
    public void Read_TaggedColour_IsSaid(string matrix, YuvColor color)
    {
        using var folder = new TemporaryDirectory();
        var file = folder.File("tagged.mkv");
        Sources.Make("-f", "lavfi", "-i", "color=gray:s=64x48:r=5:d=1", "-colorspace", matrix, "-c:v", "libx264", file);
        using var source = Sources.Open(new() { Url = file });
        using var frame = source.Read(CancellationToken.None);

        Assert.Equal(color, frame!.Color);
    }

    [Fact]
    public void Read_FullRange_BecomesLimited()
    {
        using var folder = new TemporaryDirectory();
        var file = folder.File("full.avi");
        Sources.Make("-f", "lavfi", "-i", "color=white:s=64x48:r=5:d=1,format=yuvj420p", "-c:v", "mjpeg", file);
        using var source = Sources.Open(new() { Url = file });
        using var frame = source.Read(CancellationToken.None);

        Assert.InRange(frame!.Pixels[0], 233, 237); // white is Y 235 in limited range, 255 in full
        Assert.Equal(YuvColor.Bt601, frame.Color);
    }

    [Fact]
    public void Read_ResolutionChangesInTheMiddle_EveryFrameHasItsOwnGeometryAndPicture()
    {
        using var folder = new TemporaryDirectory();
        var joined = folder.File("joined.ts");
        using (var all = File.Create(joined))
        {
            foreach (var (size, name) in (ReadOnlySpan<(string, string)>)[("320x240", "a.ts"), ("640x352", "b.ts")])
            {
                Sources.Make("-f", "lavfi", "-i", $"color=gray:s={size}:r=10:d=1", "-c:v", "libx264", folder.File(name));
                all.Write(File.ReadAllBytes(folder.File(name)));
            }
        }

        using var source = Sources.Open(new() { Url = joined });
        var sizes = new List<(int, int)>();
        while (source.Read(CancellationToken.None) is { } frame)
        {
            using (frame)
            {
                sizes.Add((frame.Width, frame.Height));
                Assert.True(frame.Pixels[..(frame.Width * frame.Height)].IndexOfAnyExceptInRange((byte)120, (byte)132) < 0, "grey is Y 126 everywhere, another value is a garbled frame");
            }
        }

        Assert.Equal([.. Enumerable.Repeat((320, 240), 10), .. Enumerable.Repeat((640, 352), 10)], sizes);
    }

    [Fact]
    public void Read_EveryBufferLeased_FileWaitsAndLosesNothing()
    {
        using var source = Sources.Open(new() { Url = TestData.Require("video/ngsim_us101_seq1_3fps.mp4"), PoolFrames = 2 });
        var first = source.Read(CancellationToken.None)!;
        var second = source.Read(CancellationToken.None)!;
        using var giveBack = new Timer(_ => first.Dispose(), null, 300, Timeout.Infinite);

        using var third = source.Read(CancellationToken.None)!;

        // the third lies in the first one's memory, given back
        Assert.Equal([1, 2], [second.Stamp.Sequence, third.Stamp.Sequence]);
        Assert.Equal(0, source.Status.FramesSkipped);
        second.Dispose();
    }

    [Fact]
    public void Read_Paced_TakesRealTimeAndSkipsWhatHasNoBuffer()
    {
        using var source = Sources.Open(new() { Url = TestData.Require("video/street_inbound_8_vehicles.mp4"), Paced = true, PoolFrames = 1 });
        var first = source.Read(CancellationToken.None)!;
        using var giveBack = new Timer(_ => first.Dispose(), null, 1000, Timeout.Infinite);

        using var second = source.Read(CancellationToken.None)!;

        // one second at 24 frames a second went by without a buffer
        Assert.InRange(source.Status.FramesSkipped, 12, 30);
        Assert.InRange(second.Stamp.Pts.TotalSeconds, 0.5, 1.5);
        Assert.Equal(second.Stamp.Sequence, source.Status.FramesSkipped + 1);
    }

    [Fact]
    public void Read_Loop_GoesOnAfterTheEnd()
    {
        using var source = Sources.Open(new() { Url = TestData.Require("video/ngsim_us101_seq1_3fps.mp4"), Loop = true });

        for (var i = 0; i < 200; i++)
        {
            using var frame = source.Read(CancellationToken.None);
            Assert.NotNull(frame);
        }

        Assert.Equal(SourceState.Streaming, source.Status.State);
    }

    [Fact]
    public void Read_SteadyState_AllocatesNothing()
    {
        using var source = Sources.Open(new() { Url = TestData.Require("video/street_inbound_8_vehicles.mp4") });
        for (var i = 0; i < 100; i++)
        {
            source.Read(CancellationToken.None)!.Dispose();
        }

        Assert.Equal(0, Allocated.Bytes(100, () => source.Read(CancellationToken.None)!.Dispose()));
    }
}
