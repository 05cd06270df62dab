namespace EdgeVision.Imaging.Tests;

public sealed class ImageCodecTests
{
    [Fact]
    public void EncodeJpeg_ThenDecode_IsNearlyTheSamePicture()
    {
        var pixels = new byte[64 * 48 * 3];
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)(i / 3 % 64 * 3);
        }

        using var frame = Frames.Of(new ImageLayout(PixelFormat.Bgr24, 64, 48), pixels);
        using var back = ImageCodec.Decode(ImageCodec.EncodeJpeg(frame, 95), "gradient.jpg");

        Assert.Equal(frame.Layout, back.Layout);
        for (var i = 0; i < pixels.Length; i++)
        {
            Assert.InRange(back.Pixels[i], pixels[i] - 6, pixels[i] + 6);
        }
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("plain text", "not a picture")]
    [InlineData("GIF89a\u0001\0\u0001\0\u0000\0\0,\0\0\0\0\u0001\0\u0001\0\0\u0002\u0002D\u0001\0;", "")]
    public void Decode_NoPicture_NamesItAndSaysWhy(string content, string reason)
    {
        var error = Assert.Throws<ImageException>(() => ImageCodec.Decode(System.Text.Encoding.Latin1.GetBytes(content), "thing.bin"));

        Assert.Contains("thing.bin", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_MorePixelsThanAllowed_IsRefusedFromTheHeader()
    {
        using var frame = Frames.Of(new ImageLayout(PixelFormat.Gray8, 200, 100), new byte[20_000]);
        var jpeg = ImageCodec.EncodeJpeg(frame);

        var error = Assert.Throws<ImageException>(() => ImageCodec.Decode(jpeg, "big.jpg", maxPixels: 19_999));

        Assert.Contains("200x100", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_CutShort_IsRefused()
    {
        using var frame = Frames.Random(PixelFormat.Bgr24, 100, 100, 1);
        var jpeg = ImageCodec.EncodeJpeg(frame);

        var error = Assert.Throws<ImageException>(() => ImageCodec.Decode(jpeg.AsSpan(0, jpeg.Length / 2), "cut.jpg"));

        Assert.Contains("cut short", error.Message, StringComparison.Ordinal);
    }
}
