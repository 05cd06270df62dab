using static EdgeVision.Compression.PageText;

namespace EdgeVision.Compression;

/// <summary>The forms that the search went through.</summary>
internal static class CandidateSection
{
    public static string Of(CompressionReport report) => report.Candidates.Count == 0 ? "" : $"""
        <section>
        <h2>What was tried</h2>
        <p class="lead">First by nearness to the float outputs on a few pictures, then the nearest on all of them.</p>
        <div class="wide"><table>
        <tr><th>Recipe</th><th class="n">Nearness to float</th><th class="n">Change, points</th><th class="n">Kept float</th></tr>
        {Joined(report.Candidates, Row)}
        </table></div>
        </section>
        """;

    private static string Row(CandidateReport candidate) => $"""
        <tr><td>{PageText.Of(candidate.Name)}</td><td class="n">{Number(candidate.Sqnr, 1)} dB</td><td class="n">{(candidate.Drop is { } drop ? Change(drop) : "–")}</td><td class="n">{(candidate.Islands == 0 ? "–" : candidate.Islands)}</td></tr>

        """;
}
