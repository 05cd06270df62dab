using System.Text.Json;
using System.Text.RegularExpressions;

namespace EdgeVision.Compression.Tests;

public sealed class ReportPageTests
{
    private static readonly string Page = ReportPage.Write(SampleReport.Report);

    [Theory]
    [InlineData("1.75×")]
    [InlineData("−0.40 points")]
    [InlineData("[−1.20, +0.30]")]
    [InlineData("p = 0.42")]
    [InlineData("29.5 %")]
    [InlineData("70 of 76")]
    [InlineData("left out: loses 0.90 points, 0.50 are allowed")]
    [InlineData("Conv &#39;stem&#39; stays float")]
    [InlineData("6 Conv, 4 Concat, 1 Exp")]
    [InlineData("QuickGelu is x · sigmoid(x)")]
    [InlineData("<td class=\"n\">3.20 ms</td><td class=\"n\">61 %</td>")]
    [InlineData("3 calibration pictures are black")]
    [InlineData("1 box is missing")]
    [InlineData("data:image/jpeg;base64,/9j/")]
    [InlineData("The first 24 of 30 layers")]
    [InlineData("Intel(R) Xeon(R), 2 threads")]
    public void ReportPage_Sample_Says(string words) => Assert.Contains(words, Page, StringComparison.Ordinal);

    [Fact]
    public void ReportPage_NamesFromOutside_AreEncoded()
    {
        Assert.Contains("conv&lt;0&gt;", Page, StringComparison.Ordinal);
        Assert.DoesNotContain("conv<0>", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void ReportPage_Always_NeedsNothingBesideIt()
    {
        Assert.DoesNotMatch(new Regex("""(src|href)="(?!data:)|<script|@import|url\("""), Page);
    }

    [Fact]
    public void ReportPage_NoLayersNoPicturesNoVariants_IsStillAPage()
    {
        var page = ReportPage.Write(SampleReport.Report with { Holds = false, Variants = [], Rejected = [], Layers = [], Histograms = [], Operators = [], Disagreements = [], Candidates = [] });

        Assert.Contains("NOT PASSED", page, StringComparison.Ordinal);
        Assert.Contains("Nowhere", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<svg", page, StringComparison.Ordinal);
    }

    [Fact]
    public void ReportJson_Sample_HasTheFieldsThatMachinesRead()
    {
        var json = JsonDocument.Parse(ReportJson.Write(SampleReport.Report)).RootElement;
        var variant = json.GetProperty("variants")[0];

        Assert.Equal(1, json.GetProperty("schema").GetInt32());
        Assert.Equal(0.4, variant.GetProperty("drop").GetDouble());
        Assert.Equal(0.783, variant.GetProperty("fp32").GetDouble());
        Assert.Equal(9.12, variant.GetProperty("latencyMsFp32").GetDouble());
        Assert.Equal(70, variant.GetProperty("qlinearConvs").GetInt32());
        Assert.Equal(1.15, json.GetProperty("operators")[2].GetProperty("ms").GetDouble());
        Assert.Equal(3, variant.GetProperty("floatIslands").GetArrayLength());
        Assert.False(json.GetProperty("disagreements")[0].TryGetProperty("beforeJpeg", out _));
    }

    [Fact]
    public void ReportJson_SameReport_SameBytes() => Assert.Equal(ReportJson.Write(SampleReport.Report), ReportJson.Write(SampleReport.Report));
}
