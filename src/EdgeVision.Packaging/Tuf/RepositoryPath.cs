namespace EdgeVision.Packaging.Tuf;

/// <summary>Where files of a repository lie, percent-encoded as in a URL.</summary>
public static class RepositoryPath
{
    public const string Metadata = "metadata/";
    public const string Targets = "targets/";

    /// <param name="version">Null when the name carries none: timestamp always, others without consistent snapshots.</param>
    public static string OfRole(string role, long? version) => version is null ? $"{Metadata}{EncodeName(role)}.json" : $"{Metadata}{version}.{EncodeName(role)}.json";

    /// <summary>Example: <c>models/a b/x.json</c> gives <c>targets/models/a%20b/SHA256.x.json</c> with consistent snapshots.</summary>
    /// <exception cref="TufException">Format: a path that would leave the repository, or no digest that is known here.</exception>
    public static string OfTarget(TargetFile target)
    {
        var segments = target.Path.Split('/');
        if (segments.Any(segment => segment is "" or "." or ".."))
        {
            throw new TufException(TufFailure.Format, $"'{target.Path}' is not a target path. Write names with single slashes between them, none of them . or ..");
        }

        var encoded = segments.Select(Uri.EscapeDataString).ToArray();
        if (target.ConsistentSnapshot)
        {
            encoded[^1] = $"{DigestOf(target)}.{encoded[^1]}";
        }

        return Targets + string.Join('/', encoded);
    }

    /// <summary>A role or target name as one file name, without a separator.</summary>
    public static string EncodeName(string name) => Uri.EscapeDataString(name);

    private static string DigestOf(TargetFile target) => target.Hashes.GetValueOrDefault("sha256") ?? target.Hashes.GetValueOrDefault("sha512")
        ?? throw new TufException(TufFailure.Format, $"{target.Path}: has neither a sha256 nor a sha512. Have the repository's owner sign it with one.");
}
