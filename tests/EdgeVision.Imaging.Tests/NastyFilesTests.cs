using System.Text.Json;

namespace EdgeVision.Imaging.Tests;

/// <summary>Broken, hostile and odd pictures, each within a time and all within a memory.</summary>
[Collection(Alone.Name)]
public sealed class NastyFilesTests(ITestOutputHelper output)
{
    [Fact]
    public void ImageCodec_EveryNastyFile_OpensOrNamesAReasonAsPillowDoesUpToTheListedDifferences()
    {
        var root = TestData.Require("nasty");
        using var outcomes = JsonDocument.Parse(File.ReadAllBytes(TestData.Require("nasty/pillow_9.4_outcomes.json")));
        PeakMemory.Reset();
        var before = PeakMemory.NowMiB();

        var differences = NastyOutcomes.Compare(root, outcomes.RootElement);

        Assert.Equal(string.Join("\n", NastyOutcomes.Expected), string.Join("\n", differences));
        output.WriteLine($"most memory held above the start: {PeakMemory.MiB() - before} MiB");
        // A fifth of the largest picture that is read (64 million pixels as BGRA and as BGR): the bombs among the files are refused by their headers.
        Assert.InRange(PeakMemory.MiB() - before, 0, 90);
    }
}
