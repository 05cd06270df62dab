using System.Globalization;
using System.Text.Json.Nodes;
using EdgeVision.Compression;
using EdgeVision.Packaging;
using Spectre.Console;

namespace EdgeVision.Workbench;

/// <summary>What an evaluation found, for people and for machines. Values are 0 to 1 in JSON, drops are points of a hundred.</summary>
internal static class EvaluationText
{
    private const int Digits = 6;

    public static void Print(EvaluationAnswer answer, bool asJson)
    {
        foreach (var warning in answer.Dataset.Warnings.Concat(answer.Evaluation.Unreadable.Select(line => $"not read: {line}")))
        {
            Console.Error.WriteLine($"edgevision: {warning}");
        }

        if (asJson)
        {
            RepoJson.Print(Json(answer));
            return;
        }

        AnsiConsole.Write(Figures(answer));
        foreach (var line in Lines(answer))
        {
            Console.WriteLine(line);
        }
    }

    private static JsonObject Json(EvaluationAnswer answer)
    {
        var json = Of(answer.Package, answer.Evaluation);
        json["data"] = answer.Dataset.Digest;
        if (answer is { Compared: { } compared, Paired: { } paired })
        {
            json["compare"] = Of(answer.Other!, compared);
            json["compare"]!["drop"] = Rounded(100 * paired.Drop);
            json["compare"]!["dropLow"] = Rounded(100 * paired.Low);
            json["compare"]!["dropHigh"] = Rounded(100 * paired.High);
            json["compare"]!["p"] = Rounded(paired.P);
            json["compare"]!["test"] = paired.Test;
            json["compare"]!["lost"] = paired.Lost;
            json["compare"]!["won"] = paired.Won;
        }
        else if (answer.Other is { } reference)
        {
            json["reference"] = reference.Manifest.Model;
            json["referenceVariant"] = reference.Variant;
            json["worst"] = new JsonArray([.. answer.Worst.Select(item => new JsonObject { ["name"] = item.Name, ["score"] = Rounded(item.Score), ["reference"] = item.Expected, ["answered"] = item.Answered })]);
        }

        return json;
    }

    private static JsonObject Of(ModelPackage package, Evaluation evaluation)
    {
        var json = new JsonObject
        {
            ["metric"] = evaluation.Metric, ["value"] = Rounded(evaluation.Value), ["low"] = Rounded(evaluation.Low), ["high"] = Rounded(evaluation.High), ["n"] = evaluation.Count,
            ["latencyMsP50"] = Rounded(evaluation.LatencyMsP50), ["model"] = package.Manifest.Model, ["version"] = package.Manifest.Version, ["variant"] = package.Variant, ["unreadable"] = evaluation.Unreadable.Count,
        };
        foreach (var (name, value) in evaluation.Further)
        {
            json[name] = Rounded(value);
        }

        if (evaluation.Classes.Count > 0)
        {
            json["classes"] = new JsonArray([.. evaluation.Classes.Select(each => new JsonObject { ["class"] = each.Name, ["objects"] = each.Truths, ["ap50"] = Rounded(each.Value) })]);
        }

        return json;
    }

    private static Table Figures(EvaluationAnswer answer)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("model");
        foreach (var column in new[] { answer.Evaluation.Metric, "95 %", "pictures", "network, median" })
        {
            table.AddColumn(new TableColumn(column).RightAligned().NoWrap());
        }

        Add(table, answer.Package, answer.Evaluation);
        if (answer.Compared is { } compared)
        {
            Add(table, answer.Other!, compared);
        }

        return table;
    }

    private static void Add(Table table, ModelPackage package, Evaluation evaluation) => table.AddRow(
        Markup.Escape($"{package.Manifest.Model} {package.Variant}"), Percent(evaluation.Value), $"{Percent(evaluation.Low)} to {Percent(evaluation.High)}",
        evaluation.Count.ToString(CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"{evaluation.LatencyMsP50:0.00} ms"));

    private static IEnumerable<string> Lines(EvaluationAnswer answer) =>
    [
        .. answer.Evaluation.Further.Select(pair => $"{pair.Key}: {Percent(pair.Value)}"),
        .. answer.Evaluation.Classes.Count > 1 ? answer.Evaluation.Classes.Select(each => $"{each.Name}: {Percent(each.Value)} of {each.Truths} objects") : [],
        .. answer.Paired is { } paired ? [Sentence(paired)] : Array.Empty<string>(),
        .. answer.Worst.Select(item => $"{Percent(item.Score),8}  {item.Name}: {item.Expected}; here {item.Answered}"),
    ];

    private static string Sentence(PairedResult paired) => string.Create(
        CultureInfo.InvariantCulture, $"the second is {Math.Abs(100 * paired.Drop):0.00} points {(paired.Drop > 0 ? "worse" : paired.Drop < 0 ? "better" : "off")} (drop {100 * paired.Low:0.00} to {100 * paired.High:0.00}), p = {paired.P:0.0000} ({paired.Test}); right only before {paired.Lost}, only after {paired.Won}");

    private static string Percent(double value) => string.Create(CultureInfo.InvariantCulture, $"{100 * value:0.00} %");

    private static double Rounded(double value) => Math.Round(value, Digits);
}
