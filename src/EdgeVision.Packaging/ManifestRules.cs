using System.Buffers;

namespace EdgeVision.Packaging;

/// <summary>The limits of a manifest's own fields. Each error names the file, the JSON path and the way out.</summary>
internal static class ManifestRules
{
    private const int MaxNameLength = 64;

    private static readonly SearchValues<char> NameLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-");
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    public static void Check(Manifest manifest, string name)
    {
        Require(IsName(manifest.Model), name, "$.model", $"'{manifest.Model}' is not a name; use 1 to 64 of a-z 0-9 . _ -");
        Require(IsVersion(manifest.Version), name, "$.version", $"'{manifest.Version}' is not a version; write it like 1.4.0");
        Require(manifest.Counter >= 0, name, "$.counter", $"{manifest.Counter} is below 0; count the releases of a model from 1");
        ManifestFileRules.Check(manifest.Files, name);
        CheckRequirements(manifest.Requires, name);
        ManifestTensorRules.Check(manifest, name);
        ManifestDecodeRules.Check(manifest.Decode, name);
        ManifestOnnxRules.Check(manifest.Onnx, name);
        ManifestGateRules.Check(manifest.Gates, name);
        ManifestNoteRules.Check(manifest, name);
    }

    public static void Require(bool holds, string name, string path, string problem)
    {
        if (!holds)
        {
            throw new PackageException($"{name}: {path}: {problem}.");
        }
    }

    /// <summary>A name that is safe as a file name on every system: no separators, not <c>.</c> or <c>..</c>.</summary>
    internal static bool IsName(string? text) =>
        text is { Length: > 0 and <= MaxNameLength } && !text.AsSpan().ContainsAnyExcept(NameLetters) && text.AsSpan().ContainsAnyExcept('.');

    private static bool IsVersion(string? text) =>
        text is { Length: > 0 and <= MaxNameLength } && char.IsAsciiDigit(text[0]) && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '+');

    internal static bool IsSha256(string? text) => text is { Length: 64 } && !text.AsSpan().ContainsAnyExcept(HexDigits);

    private static void CheckRequirements(ManifestRequirements requires, string name)
    {
        var agentMin = requires.AgentMin;
        Require(agentMin is null || System.Version.TryParse(agentMin, out _), name, "$.requires.agentMin", $"'{agentMin}' is not a version; write it like 0.1.0");
        Require(requires.Ort is null || VersionRange.TryParse(requires.Ort) is not null, name, "$.requires.ort", $"'{requires.Ort}' is not a range of versions; write it like >=1.20,<2");
        Require(requires.RamMiB is null or > 0, name, "$.requires.ramMiB", $"{requires.RamMiB} is not above 0; leave it out if any memory will do");
        Require(requires.DiskMiB is null or > 0, name, "$.requires.diskMiB", $"{requires.DiskMiB} is not above 0; leave it out if any disk will do");
        Require(requires.Arch.All(IsName), name, "$.requires.arch", "is not a list of architectures; use x64, arm64");
        Require(requires.ExecutionProviders.All(IsName), name, "$.requires.ep", "is not a list of execution providers; use cpu, cuda, tensorrt");
        Require(requires.CameraProfile.All(IsName), name, "$.requires.cameraProfile", "is not a list of names; use 1 to 64 of a-z 0-9 . _ - each");
    }
}
