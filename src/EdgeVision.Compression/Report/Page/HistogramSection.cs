using static EdgeVision.Compression.PageText;

namespace EdgeVision.Compression;

/// <summary>How the numbers lie behind the layers that suffer most, and where 8 bits end.</summary>
internal static class HistogramSection
{
    private const int Width = 480;
    private const int Height = 150;
    private const int Columns = 96;

    public static string Of(CompressionReport report) => report.Histograms.Count == 0 ? "" : $"""
        <section>
        <h2>Numbers and their ranges</h2>
        <p class="lead">Values that the calibration pictures gave the most suspicious layers. Heights are logarithmic, because the few large values decide the range. The tinted band is what 8 bits hold; red is clipped.</p>
        <div class="plots">{Joined(report.Histograms, Plot)}</div>
        </section>
        """;

    private static string Plot(HistogramReport histogram)
    {
        var (left, right) = (Math.Min(histogram.Least, histogram.RangeLeast), Math.Max(histogram.Greatest, histogram.RangeGreatest));
        double X(double value) => (value - left) / Math.Max(right - left, 1e-30) * Width;
        return $"""
            <figure><figcaption><code>{Short(histogram.Value, 48)}</code></figcaption>
            <svg viewBox="0 -4 {Width} {Height + 26}" role="img" aria-label="histogram of {PageText.Of(histogram.Value)}">
            <rect class="range" x="{At(X(histogram.RangeLeast))}" y="0" width="{At(X(histogram.RangeGreatest) - X(histogram.RangeLeast))}" height="{Height}"/>
            {Joined(Merge(histogram), bar => Bar(bar, histogram, X))}
            <line class="edge" x1="{At(X(histogram.RangeLeast))}" x2="{At(X(histogram.RangeLeast))}" y1="0" y2="{Height}"/>
            <line class="edge" x1="{At(X(histogram.RangeGreatest))}" x2="{At(X(histogram.RangeGreatest))}" y1="0" y2="{Height}"/>
            <line class="line" x1="0" x2="{Width}" y1="{Height}" y2="{Height}"/>
            <text class="soft" x="0" y="{Height + 16}">{Value(left)}</text>
            <text class="soft middle" x="{Width / 2}" y="{Height + 16}">8 bits: {Value(histogram.RangeLeast)} to {Value(histogram.RangeGreatest)}</text>
            <text class="soft end" x="{Width}" y="{Height + 16}">{Value(right)}</text>
            </svg></figure>
            """;
    }

    // A page has room for a hundred columns, a histogram has thousands of bins.
    private static IEnumerable<(double Least, double Greatest, double Height)> Merge(HistogramReport histogram)
    {
        var bins = histogram.Counts.Count;
        var each = Math.Max(1, (int)Math.Ceiling(bins / (double)Columns));
        var sums = histogram.Counts.Chunk(each).Select(chunk => chunk.Sum()).ToArray();
        var most = Math.Log(1 + sums.Max());
        var width = (histogram.Greatest - histogram.Least) / bins;
        return sums.Select((sum, i) => (histogram.Least + (i * each * width), histogram.Least + (Math.Min((i + 1) * each, bins) * width), most == 0 ? 0 : Math.Log(1 + sum) / most));
    }

    private static string Bar((double Least, double Greatest, double Height) bar, HistogramReport histogram, Func<double, double> x)
    {
        var middle = (bar.Least + bar.Greatest) / 2;
        var style = middle < histogram.RangeLeast || middle > histogram.RangeGreatest ? "out" : "after";
        return bar.Height == 0 ? "" : $"""<rect class="{style}" x="{At(x(bar.Least))}" y="{At(Height * (1 - bar.Height))}" width="{At(Math.Max(0.5, x(bar.Greatest) - x(bar.Least) - 0.6))}" height="{At(Height * bar.Height)}"/>""";
    }

    private static string Value(double value) => Math.Abs(value) >= 1000 ? Number(value, 0) : Math.Abs(value) >= 10 ? Number(value, 1) : Number(value, 3);
}
