namespace EdgeVision.EndToEnd.Tests;

/// <summary>The live page in a real browser.</summary>
public sealed class LivePageTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Page_InChromium_ShowsCameraModelAndPicture()
    {
        const string Chromium = "/usr/bin/chromium";
        Assert.SkipUnless(File.Exists(Chromium), "needs Debian's chromium: make setup-test installs it");
        using var device = new Device(_folder.File("device"), Published.Model("yolox-nano"), TestData.Require("video/street_inbound_8_vehicles.mp4"));
        device.WaitForFrames(30);
        var picture = Path.Combine(TestData.RepositoryRoot, "artifacts", "live-page.png");

        // one look with the picture taken, one with the document as scripts left it
        Browse(Chromium, device, "--screenshot=" + picture, "--window-size=1280,900");
        var document = Browse(Chromium, device, "--dump-dom").Output;

        Assert.Contains("street", document, StringComparison.Ordinal);
        Assert.Contains("yolox-nano", document, StringComparison.Ordinal);
        Assert.Contains("latest.jpg", document, StringComparison.Ordinal);
        Assert.InRange(new FileInfo(picture).Length, 20_000, 10_000_000);
    }

    private ProgramOutput Browse(string chromium, Device device, params string[] what) => Published.Run(chromium, TimeSpan.FromSeconds(60),
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--virtual-time-budget=6000",
        "--user-data-dir=" + _folder.File("profile-" + Guid.NewGuid().ToString("N")), .. what, device.Page,
    ]);
}
