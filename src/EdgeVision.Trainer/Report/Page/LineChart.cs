using System.Globalization;
using EdgeVision.Compression;
using static EdgeVision.Compression.PageText;

namespace EdgeVision.Trainer.Report;

/// <summary>Lines over numbered or measured things, as an inline drawing with its own key.</summary>
internal static class LineChart
{
    private const int Width = 480, Height = 200, Left = 52, Right = 14, Top = 8, Ticks = 4;

    /// <param name="x">Range across; null = of the points.</param>
    /// <param name="y">Range up; null = of the points, with some room, as where it is none.</param>
    public static string Of(string title, IReadOnlyList<ChartLine> lines, (double Least, double Greatest)? x = null, (double Least, double Greatest)? y = null, string across = "epoch")
    {
        var points = lines.SelectMany(line => line.Points).Where(point => double.IsFinite(point.Y)).ToArray();
        return points.Length == 0 ? "" : Draw(title, lines, x ?? Range(points.Select(point => point.X), 0), y is { } range && range.Greatest > range.Least ? range : Range(points.Select(point => point.Y), 0.06), across);
    }

    private static string Draw(string title, IReadOnlyList<ChartLine> lines, (double Least, double Greatest) x, (double Least, double Greatest) y, string across)
    {
        double X(double value) => Left + (value - x.Least) / (x.Greatest - x.Least) * (Width - Left - Right);
        double Y(double value) => Top + (y.Greatest - value) / (y.Greatest - y.Least) * Height;
        return $"""
            <figure><figcaption><b>{PageText.Of(title)}</b></figcaption>
            <div class="key">{(lines.Count > 1 ? Joined(lines, line => $"<span><i style=\"background:var({(line.Style == "a" ? "--after" : "--before")})\"></i>{PageText.Of(line.Name)}</span>") : "")}</div>
            <svg viewBox="0 0 {Width} {Height + Top + 34}" role="img" aria-label="{PageText.Of(title)}">
            {Joined(Steps(y), step => $"""<line class="line" x1="{Left}" x2="{Width - Right}" y1="{At(Y(step))}" y2="{At(Y(step))}"/><text class="soft end" x="{Left - 8}" y="{At(Y(step) + 4)}">{Label(step)}</text>""")}
            {Joined(Steps(x), step => $"""<text class="soft middle" x="{At(X(step))}" y="{Height + Top + 16}">{Label(step)}</text>""")}
            <text class="soft end" x="{Width - Right}" y="{Height + Top + 31}">{PageText.Of(across)}</text>
            {Joined(lines.Reverse(), line => Line(line, X, Y))}
            </svg></figure>

            """;
    }

    private static string Line(ChartLine line, Func<double, double> x, Func<double, double> y)
    {
        var points = line.Points.Where(point => double.IsFinite(point.Y)).ToArray();
        var dots = points.Length > 30 ? "" : Joined(points, point => $"""<circle class="{line.Style} dot" cx="{At(x(point.X))}" cy="{At(y(point.Y))}" r="2.6"/>""");
        return $"""<polyline class="{line.Style} curve" points="{string.Join(' ', points.Select(point => $"{At(x(point.X))},{At(y(point.Y))}"))}"/>{dots}""";
    }

    private static (double Least, double Greatest) Range(IEnumerable<double> values, double room)
    {
        var (least, greatest) = (values.Min(), values.Max());
        // One value alone stands in the middle.
        var margin = greatest > least ? room * (greatest - least) : greatest == 0 ? 1 : Math.Abs(greatest) / 2;
        return (least - margin, greatest + margin);
    }

    /// <summary>Round numbers within a range: 1, 2 or 5 times a power of ten.</summary>
    private static IEnumerable<double> Steps((double Least, double Greatest) range)
    {
        var raw = (range.Greatest - range.Least) / Ticks;
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = power * ((raw / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 });
        for (var i = (long)Math.Ceiling(range.Least / step - 1e-9); i * step <= range.Greatest + 1e-9 * step; i++)
        {
            yield return i * step;
        }
    }

    private static string Label(double value) => Math.Abs(value) is > 0 and < 1e-3 ? value.ToString("0.#e0", CultureInfo.InvariantCulture) : Math.Round(value, 6).ToString("0.####", CultureInfo.InvariantCulture);
}
