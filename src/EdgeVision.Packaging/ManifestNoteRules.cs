using static EdgeVision.Packaging.ManifestRules;

namespace EdgeVision.Packaging;

/// <summary>The limits of what is only for people, and of dates.</summary>
internal static class ManifestNoteRules
{
    private const int MaxLength = 256;

    public static void Check(Manifest manifest, string name)
    {
        Require(!(manifest.Expires < manifest.IssuedAt), name, "$.expires", $"{manifest.Expires:O} is before issuedAt, {manifest.IssuedAt:O}");
        RequireShort(manifest.Quant?.Scheme, name, "$.quant.scheme");
        RequireShort(manifest.Quant?.Calibration, name, "$.quant.calibration");
        RequireShort(manifest.Provenance?.GitCommit, name, "$.provenance.gitCommit");
        RequireShort(manifest.Provenance?.TrainingRun, name, "$.provenance.trainingRun");
        RequireShort(manifest.Provenance?.DatasetDigest, name, "$.provenance.datasetDigest");
        RequireShort(manifest.Provenance?.EvalReportSha256, name, "$.provenance.evalReportSha256");
    }

    private static void RequireShort(string? text, string name, string path) =>
        Require(text is not { Length: > MaxLength }, name, path, $"{text?.Length} characters; write at most {MaxLength}");
}
