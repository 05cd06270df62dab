namespace EdgeVision.EndToEnd.Tests;

/// <summary>The page that the published program writes, in a real browser.</summary>
public sealed class CompressionReportTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Report_InChromium_ShowsVerdictPlotsAndProvenance()
    {
        const string Chromium = "/usr/bin/chromium";
        Assert.SkipUnless(File.Exists(Chromium), "needs Debian's chromium: make setup-test installs it");
        var digits = TestData.Require("datasets/mnist_t10k");
        var compressed = Published.Run(
            Published.Workbench, TimeSpan.FromSeconds(120),
            "model", "compress", "--model", Published.Model("mnist-cnn"), "--calibration", digits, "--limit", "20", "--evaluate", digits, "--evaluate-limit", "500", "--target", "cpu", "--max-drop", "1", "--out", _folder.File("small"));
        Assert.True(compressed.ExitCode == 0, compressed.Error);
        var page = "file://" + Path.Combine(_folder.File("small"), "report", "report.html");
        var picture = Path.Combine(TestData.RepositoryRoot, "artifacts", "compression-report.png");

        Browse(Chromium, "--screenshot=" + picture, "--window-size=1200,3600", page);
        var document = Browse(Chromium, "--dump-dom", page).Output;

        Assert.Contains("PASSED", document, StringComparison.Ordinal);
        Assert.Contains("int8-cpu-u8s8", document, StringComparison.Ordinal);
        Assert.Contains("signal to noise by layer", document, StringComparison.Ordinal);
        Assert.Contains("histogram of", document, StringComparison.Ordinal);
        Assert.Contains("Provenance", document, StringComparison.Ordinal);
        Assert.InRange(new FileInfo(picture).Length, 40_000, 10_000_000);
    }

    private ProgramOutput Browse(string chromium, params string[] what) => Published.Run(chromium, TimeSpan.FromSeconds(60),
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
        "--user-data-dir=" + _folder.File("profile-" + Guid.NewGuid().ToString("N")), .. what,
    ]);
}
