using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVision.Capture.Tests;

public class FrameSourcesTests
{
    [Theory]
    [InlineData("/dev/video0", CaptureFailure.Other, "not in this version")]
    [InlineData("gopher://cars", CaptureFailure.Other, "not in this version")]
    [InlineData("/nowhere/clip.mp4", CaptureFailure.NotFound, "/nowhere/clip.mp4")]
    public void Open_WhatCannotBeRead_SaysSo(string uri, CaptureFailure failure, string says)
    {
        var problem = Assert.Throws<CaptureException>(() => Open(uri));
        Assert.Equal(failure, problem.Failure);
        Assert.Contains(says, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_Url_IsFfmpeg()
    {
        using var source = Open("rtsp://127.0.0.1/live");
        Assert.IsType<FfmpegSource>(source);
    }

    [Fact]
    public void Open_EmptyFolder_SaysWhichPicturesItLooksFor()
    {
        using var folder = new TemporaryDirectory();
        Assert.Contains(".png", Assert.Throws<CaptureException>(() => Open(folder.Path)).Message, StringComparison.Ordinal);
    }

    private static IFrameSource Open(string uri) => FrameSources.Open("cam", uri, new(), TimeProvider.System, NullLoggerFactory.Instance);
}
