using EdgeVision.Packaging;

namespace EdgeVision.Compression;

/// <summary>The new package: all variants that see well enough, the chosen one first, the float network as it came last, labels, golden set, gates, and where it comes from.</summary>
/// <remarks>Written beside its place with the report in it and moved there whole: whoever looks sees the old folder or the new one. The same findings always give the same manifest.</remarks>
internal static class PackagePublisher
{
    private const string GoldenName = "golden.bin";

    /// <param name="reportJson">Its digest stands in the manifest.</param>
    /// <param name="golden">Null = none.</param>
    public static void Publish(SearchFindings findings, byte[] reportJson, string page, GoldenSet? golden)
    {
        using var draft = new DraftDirectory(findings.Request.Output);
        if (findings.Accepted.Count > 0)
        {
            var contents = Contents(findings, golden);
            PackageWriter.Write(draft.Path, Describe(findings, WorkFolder.DigestOf(reportJson), golden), contents);
        }

        var folder = Directory.CreateDirectory(Path.Combine(draft.Path, ReportFiles.Folder)).FullName;
        File.WriteAllBytes(Path.Combine(folder, ReportFiles.Json), reportJson);
        File.WriteAllText(Path.Combine(folder, ReportFiles.Page), page);
        draft.Publish();
    }

    /// <summary><c>model.onnx</c> as <c>int8-cpu-u8s8</c> is <c>model-int8-cpu-u8s8.onnx</c>.</summary>
    public static string FileOf(FloatSubject subject, string kind)
    {
        var stem = Path.GetFileNameWithoutExtension(subject.Package.ModelFile.Name);
        var name = $"{stem}-{kind}.onnx";
        return name.Length <= 64 ? name : $"model-{kind}.onnx";
    }

    private static Manifest Describe(SearchFindings findings, string reportSha256, GoldenSet? golden)
    {
        var (subject, request) = (findings.Subject, findings.Request);
        var manifest = subject.Manifest;
        return manifest with
        {
            Version = request.Version ?? manifest.Version,
            Counter = request.Counter ?? manifest.Counter + 1,
            IssuedAt = null,
            Files =
            [
                .. findings.Accepted.Select(variant => new ManifestFile("model", FileOf(subject, variant.Kind), 0, "") { Variant = variant.Kind }),
                subject.Package.ModelFile with { Variant = FloatSubject.Variant },
                .. Labels(subject),
                .. golden is null ? Array.Empty<ManifestFile>() : [new ManifestFile(GoldenSet.Role, GoldenName, 0, "")],
            ],
            Onnx = null,
            Quant = new ManifestQuant(findings.Accepted[0].Quantized is null ? findings.Accepted[0].Kind : $"qdq-{findings.Accepted[0].Kind}", findings.Pictures.Digest),
            Gates = GoldenSelection.Gates(manifest.Gates),
            Provenance = (manifest.Provenance ?? new ManifestProvenance()) with { EvalReportSha256 = reportSha256 },
        };
    }

    private static Dictionary<string, byte[]> Contents(SearchFindings findings, GoldenSet? golden)
    {
        var subject = findings.Subject;
        var contents = Labels(subject).ToDictionary(file => file.Name, subject.Package.Read, StringComparer.Ordinal);
        contents[subject.Package.ModelFile.Name] = subject.Onnx;
        foreach (var variant in findings.Accepted)
        {
            contents[FileOf(subject, variant.Kind)] = variant.Onnx;
        }

        if (golden is not null)
        {
            contents[GoldenName] = golden.Write();
        }

        return contents;
    }

    private static IEnumerable<ManifestFile> Labels(FloatSubject subject) => subject.Manifest.Files.Where(file => file.Role == "labels");
}
