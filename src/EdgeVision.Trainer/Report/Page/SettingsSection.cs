using System.Text.Json;
using System.Text.RegularExpressions;
using EdgeVision.Inference;
using EdgeVision.Trainer.Training;
using static EdgeVision.Compression.PageText;

namespace EdgeVision.Trainer.Report;

/// <summary>What is needed to train it again: every setting, as the run keeps them.</summary>
internal static partial class SettingsSection
{
    public static string Of(RunFindings findings) => $"""
        <section>
        <h2>Settings</h2>
        <dl>
        {Fact("network", $"{findings.Run.Settings.Model}: {findings.Result.Parameters:#,0} parameters, {findings.Result.Macs:#,0} MACs")}
        {Fact("input", $"{findings.Run.Input.Width}x{findings.Run.Input.Height} {findings.Run.Input.Channels}, {findings.Run.Input.Resize}")}
        {Fact("export", $"differs from the trained network by {findings.Result.MaxExportDifference.ToString("0.0e0", System.Globalization.CultureInfo.InvariantCulture)} at most; ONNX Runtime {TensorNetwork.RuntimeVersion}")}
        {Joined(Flat(JsonSerializer.SerializeToElement(findings.Run.Settings, RunJson.Default.RunSettings)), each => Fact(Words().Replace(each.Name, match => " " + match.Value.ToLowerInvariant()), each.Value))}
        </dl>
        </section>
        """;

    private static IEnumerable<(string Name, string Value)> Flat(JsonElement settings, string before = "") => settings.EnumerateObject().SelectMany(property => property.Value.ValueKind switch
    {
        JsonValueKind.Object => Flat(property.Value, property.Name == "options" ? "" : $"{property.Name}: "),
        JsonValueKind.Array => property.Value.GetArrayLength() == 0 ? [] : [(before + property.Name, string.Join(", ", property.Value.EnumerateArray()))],
        _ => [(before + property.Name, property.Value.ToString())],
    });

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Words();
}
