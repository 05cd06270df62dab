using System.Buffers;

namespace EdgeVision.Packaging;

/// <summary>The limits of a manifest's own fields. Each error names the file, the JSON path and the way out.</summary>
internal static class ManifestRules
{
    public const int MaxFiles = 32;

    /// <summary>All files of a package together; also what makes their sum safe to add up.</summary>
    public const long MaxTotalBytes = 1L << 30;

    private const int MaxNameLength = 64;

    private static readonly SearchValues<char> NameLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-");
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    public static void Check(Manifest manifest, string name)
    {
        Require(IsName(manifest.Model), name, "$.model", $"'{manifest.Model}' is not a name; use 1 to 64 of a-z 0-9 . _ -");
        Require(IsVersion(manifest.Version), name, "$.version", $"'{manifest.Version}' is not a version; write it like 1.4.0");
        Require(manifest.Counter >= 0, name, "$.counter", $"{manifest.Counter} is below 0; count the releases of a model from 1");
        CheckFiles(manifest.Files, name);
        CheckRequirements(manifest.Requires, name);
        ManifestTensorRules.Check(manifest, name);
        ManifestDecodeRules.Check(manifest.Decode, name);
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

    private static void CheckFiles(IReadOnlyList<ManifestFile> files, string name)
    {
        Require(files.Count <= MaxFiles, name, "$.files", $"{files.Count} files; a package has at most {MaxFiles}");
        var names = new HashSet<string>(StringComparer.Ordinal);
        var total = 0L;
        for (var i = 0; i < files.Count; i++)
        {
            CheckFile(files[i], name, $"$.files[{i}]");
            Require(names.Add(files[i].Name), name, $"$.files[{i}].name", $"'{files[i].Name}' stands twice; give each file its own name");
            total += files[i].Size;
            Require(total <= MaxTotalBytes, name, $"$.files[{i}].size", $"the files are more than {MaxTotalBytes} bytes together; make the model smaller");
        }

        CheckRoles(files, name);
    }

    private static void CheckRoles(IReadOnlyList<ManifestFile> files, string name)
    {
        var models = files.Count(file => file.Role == "model");
        Require(models == 1, name, "$.files", $"{models} files with the role \"model\"; exactly one is the network");
        Require(files.Count(file => file.Role == "labels") <= 1, name, "$.files", "more than one file with the role \"labels\"; keep one");
    }

    private static void CheckFile(ManifestFile? file, string name, string path)
    {
        Require(file is not null, name, path, "is null; remove it");
        Require(IsName(file!.Role), name, $"{path}.role", $"'{file.Role}' is not a role; use model, labels or golden");
        Require(IsName(file.Name), name, $"{path}.name", $"'{file.Name}' is not a file name; use 1 to 64 of a-z 0-9 . _ - and no folders");
        Require(file.Name != ModelPackage.ManifestName, name, $"{path}.name", "a manifest cannot name itself; remove the entry");
        Require(file.Size is >= 0 and <= MaxTotalBytes, name, $"{path}.size", $"{file.Size} is not a size in bytes from 0 to {MaxTotalBytes}");
        Require(IsSha256(file.Sha256), name, $"{path}.sha256", $"'{file.Sha256}' is not a digest; write 64 lower-case hex digits, as sha256sum prints them");
    }

    private static bool IsSha256(string? text) => text is { Length: 64 } && !text.AsSpan().ContainsAnyExcept(HexDigits);

    private static void CheckRequirements(ManifestRequirements requires, string name)
    {
        var agentMin = requires.AgentMin;
        Require(agentMin is null || System.Version.TryParse(agentMin, out _), name, "$.requires.agentMin", $"'{agentMin}' is not a version; write it like 0.1.0");
        Require(requires.RamMiB is null or > 0, name, "$.requires.ramMiB", $"{requires.RamMiB} is not above 0; leave it out if any memory will do");
        Require(requires.Arch.All(IsName), name, "$.requires.arch", "is not a list of architectures; use x64, arm64");
        Require(requires.ExecutionProviders.All(IsName), name, "$.requires.ep", "is not a list of execution providers; use cpu, cuda, tensorrt");
    }
}
