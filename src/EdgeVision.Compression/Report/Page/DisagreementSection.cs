using static EdgeVision.Compression.PageText;

namespace EdgeVision.Compression;

/// <summary>The pictures on which the small network says something else, side by side.</summary>
internal static class DisagreementSection
{
    public static string Of(CompressionReport report) => $"""
        <section>
        <h2>Where the two disagree</h2>
        <p class="lead">{(report.Disagreements.Count == 0
            ? "Nowhere: on every evaluation picture the small network gives the float network's answer."
            : "The worst of all evaluation pictures, float on the left, small on the right. Everything else differs less.")}</p>
        {Joined(report.Disagreements, Pair)}
        </section>
        """;

    private static string Pair(DisagreementReport each) => $"""
        <div class="pair"><b>{PageText.Of(each.Picture)}</b> <span class="small">{PageText.Of(each.Difference)}</span><div>
        {Picture("Float", each.BeforeJpeg, each.Before)}
        {Picture("Small", each.AfterJpeg, each.After)}
        </div></div>

        """;

    private static string Picture(string whose, ReadOnlyMemory<byte> jpeg, IReadOnlyList<string> answers) => $"""
        <figure>{(jpeg.IsEmpty ? "" : $"""<img alt="{whose}" src="data:image/jpeg;base64,{Convert.ToBase64String(jpeg.Span)}">""")}
        <figcaption><b>{whose}:</b> {(answers.Count == 0 ? "nothing" : string.Join(" · ", answers.Select(PageText.Of)))}</figcaption></figure>
        """;
}
