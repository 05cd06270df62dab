using static EdgeVision.Compression.PageText;

namespace EdgeVision.Compression;

/// <summary>Which layers suffer in 8 bits.</summary>
internal static class SensitivitySection
{
    private const int Most = 24;
    private const int RowHeight = 20;
    private const int Left = 300;
    private const int Width = 1040;
    private const int Bars = 600;

    public static string Of(CompressionReport report)
    {
        var layers = report.Layers.Take(Most).ToArray();
        return layers.Length == 0 ? "" : $"""
            <section>
            <h2>Layers that suffer most in 8 bits</h2>
            <p class="lead">Signal to quantization noise in dB: 20 dB is an error of a tenth, 40 dB of a hundredth. Short bars are suspects.
            {(layers.Length < report.Layers.Count ? $"The first {layers.Length} of {report.Layers.Count} layers; the rest are in report.json." : "")}</p>
            <div class="key"><span><i style="background:var(--after)"></i>at the network's outputs, when only this layer is in 8 bits</span><span><i style="background:var(--after);opacity:.38"></i>its own values</span><span><i style="background:var(--before)"></i>its weights</span></div>
            <svg viewBox="0 0 {Width} {(layers.Length * RowHeight) + 24}" role="img" aria-label="signal to noise by layer">
            {Axis(layers.Length * RowHeight, Scale(layers))}
            {Joined(layers.Index(), layer => Row(layer.Index * RowHeight, layer.Item, Scale(layers)))}
            </svg>
            </section>
            """;
    }

    private static double Scale(LayerReport[] layers) => Bars / Math.Max(20, layers.Max(layer => Math.Max(layer.OutputSqnr ?? 0, Math.Max(layer.ActivationSqnr ?? 0, layer.WeightSqnr ?? 0))));

    private static string Axis(int bottom, double scale) => Joined(Enumerable.Range(0, (int)(Bars / scale / 20) + 1), step =>
        $"""<line class="line" x1="{At(Left + (step * 20 * scale))}" x2="{At(Left + (step * 20 * scale))}" y1="0" y2="{bottom}"/><text class="soft middle" x="{At(Left + (step * 20 * scale))}" y="{bottom + 16}">{step * 20} dB</text>""");

    private static string Row(int top, LayerReport layer, double scale) => $"""
        <text class="end" x="{Left - 10}" y="{top + 13}">{Short(layer.Node)}{(layer.IsFloat ? " (float)" : "")}</text>
        {(layer.OutputSqnr is { } output ? Bar(top + 2, 7, "after", output, scale) : "")}
        {(layer.ActivationSqnr is { } activation ? Bar(top + (layer.OutputSqnr is null ? 2 : 10), 3, "weak", activation, scale) : "")}
        {(layer.WeightSqnr is { } weight ? Bar(top + 14, 3, "before", weight, scale) : "")}
        <text x="{At(Left + (Math.Max(0, layer.OutputSqnr ?? layer.ActivationSqnr ?? 0) * scale) + 8)}" y="{top + 13}">{Number(layer.OutputSqnr ?? layer.ActivationSqnr ?? layer.WeightSqnr ?? 0, 1)}</text>

        """;

    private static string Bar(int top, int height, string style, double value, double scale) =>
        $"""<rect class="{style}" x="{Left}" y="{top}" width="{At(Math.Max(1, value * scale))}" height="{height}" rx="1"/>""";
}
