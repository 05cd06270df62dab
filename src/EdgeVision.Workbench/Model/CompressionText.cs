using System.Globalization;
using EdgeVision.Compression;
using Spectre.Console;

namespace EdgeVision.Workbench;

/// <summary>What a compression found, for people at a terminal and for machines.</summary>
internal static class CompressionText
{
    /// <summary><c>{"variants": [...], ...}</c>: the variants of the package, the chosen one first.</summary>
    public static void PrintJson(CompressionResult result)
    {
        using var output = Console.OpenStandardOutput();
        var report = result.Report;
        output.Write(ReportJson.Write(new CompressionSummary(report.Variants, report.Rejected, report.Verdict, report.Holds, Path.Combine(result.ReportDirectory, ReportFiles.Json), report.Warnings)));
    }

    public static void Print(CompressionResult result)
    {
        var table = new Table().Border(TableBorder.None).AddColumn(new TableColumn("variant").NoWrap().PadLeft(0).PadRight(1));
        foreach (var column in new[] { "size", "", "1 thread", "faster", result.Report.Subject.Metric, "change", "convs" })
        {
            table.AddColumn(new TableColumn(column).RightAligned().NoWrap().PadLeft(0).PadRight(1));
        }

        foreach (var variant in result.Report.Variants.Prepend(result.Report.Baseline).Concat(result.Report.Rejected))
        {
            table.AddRow([.. Cells(variant).Select(Markup.Escape)]);
        }

        AnsiConsole.Write(table);
        foreach (var warning in result.Report.Warnings)
        {
            Console.Error.WriteLine($"edgevision: {warning}");
        }

        foreach (var variant in result.Report.Rejected)
        {
            Console.WriteLine($"{variant.Kind} was left out: {variant.Rejection}");
        }

        Console.WriteLine(result.Report.Verdict);
        Console.WriteLine($"report: {Path.Combine(result.ReportDirectory, ReportFiles.Page)}");
    }

    private static IEnumerable<string> Cells(VariantReport variant) =>
    [
        variant.Kind,
        string.Create(CultureInfo.InvariantCulture, $"{variant.Bytes / 1e3:0.0} kB"),
        string.Create(CultureInfo.InvariantCulture, $"{100 * variant.SizeRatio:0.0} %"),
        string.Create(CultureInfo.InvariantCulture, $"{variant.LatencyMs:0.00} ms"),
        string.Create(CultureInfo.InvariantCulture, $"{variant.Speedup:0.00}x"),
        string.Create(CultureInfo.InvariantCulture, $"{100 * variant.Value:0.0} %"),
        string.Create(CultureInfo.InvariantCulture, $"{-variant.Drop:+0.00;-0.00;0.00}"),
        $"{variant.QLinearConvs}/{variant.Convs}",
    ];
}
