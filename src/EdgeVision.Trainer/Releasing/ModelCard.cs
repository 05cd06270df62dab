using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using EdgeVision.Compression;
using EdgeVision.Packaging;
using EdgeVision.Trainer.Training;

namespace EdgeVision.Trainer;

/// <summary>What whoever uses a model should know of it (Mitchell et al. 2019, "Model Cards for Model Reporting", 1810.03993), as Markdown in its package.</summary>
internal static partial class ModelCard
{
    public const string Role = "card", FileName = "model-card.md";

    public static string Write(Manifest manifest, RunDescription run, DatasetVersion data, TestVerdict verdict, IReadOnlyList<VariantReport> variants)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {manifest.Model} {manifest.Version}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"Tells {run.Classes.Count} classes: {string.Join(", ", run.Classes)}.\n\n");
        text.Append(CultureInfo.InvariantCulture, $"Input {run.Input.Width}x{run.Input.Height}, {run.Input.Channels}; {run.Parameters:#,0} parameters, {run.Macs:#,0} multiply-accumulates a picture.\n\n");
        text.Append("## How good it is\n\n| on | metric | value | 95 % |\n|---|---|---|---|\n");
        Row(text, "test pictures, as the device runs it", verdict.Chosen);
        Row(text, "the same, its float network", verdict.Float);
        if (verdict.Serving is { } serving)
        {
            Row(text, "the same, the package in service before", serving);
        }

        text.Append(CultureInfo.InvariantCulture, $"\nThe {verdict.Chosen.Count} test pictures were used for nothing else: neither to learn, nor to choose an epoch, a threshold or a recipe.\n\n");
        text.Append("## Variants\n\nFigures on the validation pictures; times of one thread where it was made, for comparison only.\n\n| variant | bytes | of the float file | value | lost, points | faster |\n|---|---|---|---|---|---|\n");
        foreach (var variant in variants)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {variant.Kind} | {variant.Bytes:#,0} | {variant.SizeRatio:0.000} | {variant.Value:0.0000} | {variant.Drop:0.00} | {variant.Speedup:0.00}x |\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"\n## What it learnt from\n\n```\n{VersionText.Of(Named(data))}```\n\n");
        text.Append(CultureInfo.InvariantCulture, $"It knows what is like these pictures; on others its answers mean little. Seed {run.Settings.Options.Seed}.\n\n## How it was made\n\n```\n{Folders().Replace(run.Settings.Command, "")}\n```\n");
        return text.ToString();
    }

    // By name alone, because a card goes to every device and what lies where at its maker's is nobody's business.
    private static DatasetVersion Named(DatasetVersion data) => data with { Sources = [.. data.Sources.Select(source => source with { Path = Path.GetFileName(Path.TrimEndingDirectorySeparator(source.Path)) })] };

    [GeneratedRegex(@"[^\s=]*/(?=\S)")]
    private static partial Regex Folders();

    private static void Row(StringBuilder text, string what, Evaluation evaluation) =>
        text.Append(CultureInfo.InvariantCulture, $"| {what} | {evaluation.Metric} | {evaluation.Value:0.0000} | {evaluation.Low:0.0000} to {evaluation.High:0.0000} |\n");
}
