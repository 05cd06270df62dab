using System.Globalization;
using System.Net;

namespace EdgeVision.Compression;

/// <summary>Words and numbers as they stand on the page: encoded, in one language, with as many digits as mean something.</summary>
internal static class PageText
{
    public static string Of(string text) => WebUtility.HtmlEncode(text);

    /// <summary>A number with so many digits behind the point.</summary>
    public static string Number(double value, int digits = 2) => value.ToString("F" + digits, CultureInfo.InvariantCulture);

    /// <summary>1234567 is 1.23 MB.</summary>
    public static string Bytes(long bytes) => bytes >= 1_000_000 ? $"{Number(bytes / 1e6)} MB" : bytes >= 1000 ? $"{Number(bytes / 1e3, 1)} kB" : $"{bytes} B";

    /// <summary>1085000000 is 1.09 G.</summary>
    public static string Count(double count) =>
        count >= 1e9 ? $"{Number(count / 1e9)} G" : count >= 1e6 ? $"{Number(count / 1e6, count >= 1e8 ? 0 : 2)} M" : count >= 1e3 ? $"{Number(count / 1e3, 1)} k" : Number(count, 0);

    /// <summary>0.645 is 64.5 %.</summary>
    public static string Percent(double share, int digits = 1) => $"{Number(100 * share, digits)} %";

    /// <summary>Points with a sign: a drop of 0.5 is −0.50, because people read what became of the accuracy.</summary>
    public static string Change(double drop) => Math.Round(drop, 2) switch { 0 => "±0.00", > 0 and var lost => $"−{Number(lost)}", var gained => $"+{Number(-gained)}" };

    /// <summary>Milliseconds, three digits that count.</summary>
    public static string Milliseconds(double value) => $"{Number(value, value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3)} ms";

    /// <summary>A coordinate of a drawing.</summary>
    public static string At(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>A long name, its end kept, because names of layers differ there.</summary>
    public static string Short(string name, int length = 34) => Of(name.Length <= length ? name : "…" + name[^(length - 1)..]);

    /// <summary>1 picture, 2 pictures.</summary>
    public static string Plural(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";

    /// <summary>A figure for who has five seconds: markup all three.</summary>
    public static string Tile(string figure, string what, string how) => $"""<div class="tile"><b>{figure}</b>{what}<br><span>{how}</span></div>""";

    /// <summary>A row of a list of facts; texts.</summary>
    public static string Fact(string what, string value) => $"<dt>{Of(what)}</dt><dd>{Of(value)}</dd>\n";

    public static string Joined<T>(IEnumerable<T> parts, Func<T, string> markup) => string.Concat(parts.Select(markup));
}
