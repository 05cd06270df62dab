using EdgeVision.Compression;
using static EdgeVision.Compression.PageText;

namespace EdgeVision.Trainer.Report;

/// <summary>The pictures that it is worst at.</summary>
internal static class MistakeSection
{
    public static string Of(RunFindings findings) => findings switch
    {
        { Judged: null } => "",
        { Mistakes: [] } => """<section><h2>Worst mistakes</h2><p class="lead">None: every test picture is answered rightly.</p></section>""",
        { Judged.Kind: DatasetKind.Boxes } => $"""
            <section>
            <h2>Worst pictures</h2>
            <p class="lead">What is there on the left, what is answered on the right, with boxes from a confidence of 0.25 on.</p>
            {Joined(findings.Mistakes, Boxed)}
            </section>
            """,
        _ => $"""
            <section>
            <h2>Worst mistakes</h2>
            <p class="lead">The wrong answers that it is surest of. Some of them are no mistakes of the network but of whoever labelled them: these are worth a look.</p>
            <div class="gallery">{Joined(findings.Mistakes, Classed)}</div>
            </section>
            """,
    };

    private static string Classed(Mistake mistake) => $"""
        <figure><img {(mistake.Pictures[0].StartsWith("data:image/jpeg", StringComparison.Ordinal) ? "class=\"smooth\" " : "")}alt="" src="{mistake.Pictures[0]}">
        <figcaption>is <b>{PageText.Of(mistake.Truth)}</b><br><span class="bad">says {PageText.Of(mistake.Answer)}</span><br><code>{Short(mistake.Name, 28)}</code></figcaption></figure>

        """;

    private static string Boxed(Mistake mistake) => $"""
        <div class="pair"><b>{PageText.Of(mistake.Name)}</b><div>
        <figure><img alt="truth" src="{mistake.Pictures[0]}"><figcaption><b>There:</b> {PageText.Of(mistake.Truth)}</figcaption></figure>
        <figure><img alt="answer" src="{mistake.Pictures[1]}"><figcaption><b>Answered:</b> {PageText.Of(mistake.Answer)}</figcaption></figure>
        </div></div>

        """;
}
