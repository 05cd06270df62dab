using System.Globalization;
using EdgeVision.Onnx;
using EdgeVision.Packaging;
using Spectre.Console;

namespace EdgeVision.Workbench;

/// <summary><c>model inspect</c> in tables for people.</summary>
internal static class InspectText
{
    // A file or pipe has no width of its own, and a table that is folded to 80 columns is read by nobody.
    private const int WidthOfFile = 160;

    public static void Print(ModelPackage? package, IReadOnlyList<InspectedModel> models)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings());
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = WidthOfFile;
        }

        if (package is not null)
        {
            console.WriteLine($"{package.Manifest.Model} {package.Manifest.Version}, counter {package.Manifest.Counter}, decoder {package.Manifest.Decode.Decoder}, {package.Digest}");
        }

        foreach (var model in models)
        {
            console.Write(Figures(model));
            console.Write(Heaviest(model));
        }
    }

    private static Table Figures(InspectedModel model)
    {
        var summary = model.Summary;
        var table = new Table().Border(TableBorder.Rounded).AddColumn(Markup.Escape(model.Variant ?? "network")).AddColumn(Markup.Escape(model.Name));
        Row(table, "file", $"{Number(model.Bytes)} bytes, opset {summary.Opset}, IR {summary.IrVersion}{(summary.Producer.Length > 0 ? $", written by {summary.Producer}" : "")}");
        Row(table, "inputs", string.Join('\n', summary.Inputs.Select(Describe)));
        Row(table, "outputs", string.Join('\n', summary.Outputs.Select(Describe)));
        Row(table, "parameters", $"{Number(summary.Parameters)} in {Number(summary.WeightBytes)} bytes of {model.Verdict.Precision}");
        Row(table, "MACs", summary.Macs is { } macs ? $"{Number(macs)} for each picture" : "not known: lengths are open");
        Row(table, "operators", string.Join(", ", summary.Operators.Select(pair => $"{pair.Value} {pair.Key}")));
        Row(table, "quantized", Describe(summary.Quantization));
        if (summary.CustomDomains.Count > 0)
        {
            Row(table, "custom domains", string.Join(", ", summary.CustomDomains));
        }

        Row(table, "a device", model.Verdict.IsOk ? "takes it" : $"refuses it: {model.Verdict.Describe(model.Name)}");
        return table;
    }

    private static Table Heaviest(InspectedModel model)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("heaviest layers", "operator", "gives");
        table.AddColumn(new TableColumn("MACs").RightAligned()).AddColumn(new TableColumn("share").RightAligned()).AddColumn(new TableColumn("parameters").RightAligned());
        foreach (var node in model.Heaviest)
        {
            var share = model.Summary.Macs is > 0 and var all && node.Macs is { } macs ? string.Create(CultureInfo.InvariantCulture, $"{100.0 * macs / all:0.0} %") : "?";
            Row(table, node.Name, node.Operator, node.Output?.ToString() ?? "?", node.Macs is { } known ? Number(known) : "?", share, Number(node.Parameters));
        }

        return table;
    }

    private static string Describe(ValueSummary value) => $"{value.Name} {value.Shape?.ToString() ?? "of a shape that is not known"}";

    private static string Describe(QuantFormat format) => format switch
    {
        QuantFormat.Qdq => "yes, in QDQ form",
        QuantFormat.QOperator => "yes, in operators of whole numbers (QOperator)",
        QuantFormat.Dynamic => "yes, with ranges found at every run (slow)",
        QuantFormat.WeightOnly => "weights only",
        _ => "no",
    };

    // Names come from files: what looks like markup is text, and line breaks of their own are none.
    private static void Row(Table table, params string[] cells) => table.AddRow([.. cells.Select(Markup.Escape)]);

    private static string Number(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);
}
