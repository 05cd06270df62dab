using EdgeVision.Imaging;

namespace EdgeVision.EndToEnd.Tests;

/// <summary>What is masked is black in whatever leaves the device.</summary>
public sealed class PrivacyTests : IDisposable
{
    /// <summary>JPEG blurs over 16 pixels of a 4:2:0 block.</summary>
    private const int Blur = 16, Darkest = 6;
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void LivePage_MaskOfTheFile_IsBlackInEveryPicture()
    {
        using var device = new Device(
            _folder.File("device"), Published.Model("fastestdet"), TestData.Require("video/street_inbound_8_vehicles.mp4"), more: "masks = [[0, 0, 0.5, 0, 0.5, 0.25, 0, 0.25], [0.9, 0.9, 1, 0.9, 1, 1, 0.9, 1]]");
        // no boxes: what is drawn over a picture afterwards may cross a mask
        File.WriteAllText(device.Config, File.ReadAllText(device.Config).Replace("[model]", "[model]\nmin_confidence = 1", StringComparison.Ordinal));
        device.Program.WaitForText("streaming", TimeSpan.FromSeconds(20));
        device.Program.Signal(1);
        device.Program.WaitForText("applied", TimeSpan.FromSeconds(10));

        for (var i = 0; i < 10; i++)
        {
            using var picture = ImageCodec.Decode(device.Picture("street"), "latest.jpg");
            Assert.Equal((640, 352), (picture.Width, picture.Height));
            Assert.InRange(Brightest(picture, 0, 0, 320 - Blur, 88 - Blur), 0, Darkest);
            Assert.InRange(Brightest(picture, 576 + Blur, 317 + Blur, 640, 352), 0, Darkest);
            Assert.InRange(Brightest(picture, 0, 0, 640, 352), 128, 255);
        }
    }

    private static int Brightest(Frame picture, int left, int top, int right, int bottom)
    {
        var brightest = 0;
        for (var y = top; y < bottom; y++)
        {
            foreach (var value in picture.Pixels.Slice(y * picture.Layout.Stride + 3 * left, 3 * (right - left)))
            {
                brightest = Math.Max(brightest, value);
            }
        }

        return brightest;
    }
}
