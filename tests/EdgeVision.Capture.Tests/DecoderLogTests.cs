using System.Text;

namespace EdgeVision.Capture.Tests;

/// <summary>Lines as ffmpeg 5.1 writes them.</summary>
public class DecoderLogTests
{
    [Theory]
    [InlineData("[tcp @ 0x55bb] [error] Failed to resolve hostname nosuch.invalid: Name or service not known", CaptureFailure.NameNotFound)]
    [InlineData("[tcp @ 0x55c2] [error] Connection to tcp://127.0.0.1:1?timeout=0 failed: Connection refused", CaptureFailure.Refused)]
    [InlineData("[rtsp @ 0x55c2] [error] method DESCRIBE failed: 401 Unauthorized", CaptureFailure.Unauthorized)]
    [InlineData("[http @ 0x55c2] [error] HTTP error 403 Forbidden", CaptureFailure.Unauthorized)]
    [InlineData("[rtsp @ 0x55c2] [error] method DESCRIBE failed: 404 Not Found", CaptureFailure.NotFound)]
    [InlineData("[error] /nonexist.mp4: No such file or directory", CaptureFailure.NotFound)]
    [InlineData("[error] /tmp: Is a directory", CaptureFailure.NotFound)]
    [InlineData("[error] rtsp://10.1.1.1/x: Connection timed out", CaptureFailure.TimedOut)]
    [InlineData("[error] rtsp://10.1.1.1/x: Operation timed out", CaptureFailure.TimedOut)]
    [InlineData("[tcp @ 0x5] [error] Connection to tcp://10.1.1.1:554 failed: No route to host", CaptureFailure.TimedOut)]
    [InlineData("[error] rtsp://10.1.1.1/x: Network is unreachable", CaptureFailure.TimedOut)]
    [InlineData("[error] rtsp://10.1.1.1/x: Connection reset by peer", CaptureFailure.Closed)]
    [InlineData("[mov,mp4,m4a,3gp,3g2,mj2 @ 0x5] [error] stream 0, offset 0xcc34c: partial file", CaptureFailure.Closed)]
    [InlineData("[matroska,webm @ 0x5] [error] File ended prematurely", CaptureFailure.Closed)]
    [InlineData("[error] bad://x: Protocol not found", CaptureFailure.Other)]
    [InlineData("[error] /root/x.mp4: Permission denied", CaptureFailure.Other)]
    [InlineData("[fatal] Stream map '0:v:0' matches no streams.", CaptureFailure.Undecodable)]
    [InlineData("[mov,mp4,m4a,3gp,3g2,mj2 @ 0x5] [error] moov atom not found", CaptureFailure.Undecodable)]
    [InlineData("[error] /etc/passwd: Invalid data found when processing input", CaptureFailure.Undecodable)]
    [InlineData("[warning] Connection refused", CaptureFailure.None)]
    public void Feed_ErrorLine_IsItsFailure(string line, CaptureFailure failure)
    {
        var log = new DecoderLog();
        log.Feed(Encoding.UTF8.GetBytes(line + "\n"));
        Assert.Equal(failure, log.Failure);
    }

    [Fact]
    public void Feed_CropLineInTwoPieces_IsAGeometry()
    {
        var log = new DecoderLog();
        log.Feed("[Parsed_crop_0 @ 0x556d] [verbose] w:641 h:361 sar:1/1 -> w:64"u8);
        log.Feed("0 h:360 sar:1/1\n"u8);
        Assert.Equal([(640, 360)], log.Geometries);
    }
}
