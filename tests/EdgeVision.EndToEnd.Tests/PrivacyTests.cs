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
        device.WaitForFrames(5);

        // no boxes: what is drawn over a picture afterwards may cross a mask
        File.WriteAllText(device.Config, File.ReadAllText(device.Config).Replace("[model]", "[model]\nmin_confidence = 1", StringComparison.Ordinal));
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

    [Fact]
    public void PictureFolder_FilesNamedAfterPatients_NoNameIsInAnythingTheDeviceSaysOrSends()
    {
        const string Canary = "CANARY^JANE";
        var pictures = Directory.CreateDirectory(_folder.File("spool")).FullName;
        File.Copy(TestData.Require("coco/val2017_100_images/000000000139.jpg"), Path.Combine(pictures, Canary + "-1.jpg"));
        File.WriteAllText(Path.Combine(pictures, Canary + "-2.jpg"), "no picture");
        using var hub = new SiteHub(_folder.File("hub"));
        using var device = new Device(_folder.File("device"), Published.Model("fastestdet"), pictures, hub.Enrol("cam-1"), "frames_per_second = 10");
        device.WaitForFrames(20);
        Eventually.True(() => hub.Telemetry("cam-1").Count(message => message.ToString().Contains("interval", StringComparison.Ordinal)) >= 2, TimeSpan.FromSeconds(20), () => device.Program.Output);

        var said = string.Join('\n', device.Program.Output, device.Program.Error, device.Get("status.json"), device.Get("metrics"), string.Join('\n', hub.Telemetry("cam-1")), hub.Reported("cam-1"),
            hub.Command("invoke", "cam-1", "logs", """{"lines":500}""").RootElement, hub.Command("invoke", "cam-1", "status").RootElement, hub.Command("invoke", "cam-1", "selftest").RootElement);
        Assert.DoesNotContain("CANARY", said, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("picture 2 of 2", said, StringComparison.Ordinal);
        Assert.All(Directory.GetFiles(_folder.File("device/state"), "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)), file => Assert.DoesNotContain("CANARY", File.ReadAllText(file), StringComparison.OrdinalIgnoreCase));
        Assert.True(device.Metric("edgevision_frames_processed_total", "street") >= 20);
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
