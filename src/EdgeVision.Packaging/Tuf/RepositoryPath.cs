namespace EdgeVision.Packaging.Tuf;

/// <summary>Where files of a repository lie, percent-encoded as in a URL.</summary>
public static class RepositoryPath
{
    private const string Metadata = "metadata/";
    private const string Targets = "targets/";

    /// <param name="version">Null when the name carries none: timestamp always, others without consistent snapshots.</param>
    public static string OfRole(string role, long? version) => version is null ? $"{Metadata}{EncodeName(role)}.json" : $"{Metadata}{version}.{EncodeName(role)}.json";

    /// <summary>Example: <c>models/a b/x.json</c> gives <c>targets/models/a%20b/SHA256.x.json</c> with consistent snapshots.</summary>
    public static string OfTarget(TargetFile target)
    {
        var segments = target.Path.Split('/').Select(Uri.EscapeDataString).ToArray();
        if (target.ConsistentSnapshot)
        {
            segments[^1] = $"{target.Hashes.GetValueOrDefault("sha256") ?? target.Hashes["sha512"]}.{segments[^1]}";
        }

        return Targets + string.Join('/', segments);
    }

    /// <summary>A role or target name as one file name: no separator, never <c>..</c>.</summary>
    public static string EncodeName(string name) => Uri.EscapeDataString(name);
}
