namespace EdgeVision.Packaging.Tuf;

/// <summary>Gives bytes of a repository: over HTTP, or from a folder for offline import. Nothing it gives is believed before it is verified.</summary>
public interface ITufFetcher
{
    /// <param name="path">Relative, with <c>/</c>, percent-encoded as in a URL: <c>metadata/2.root.json</c>, <c>targets/models/a/1.0.0/0a1b….manifest.json</c>.</param>
    /// <param name="maxBytes">More than this is never read into memory.</param>
    /// <returns>Null when the repository has no such file.</returns>
    /// <exception cref="TufException">Fetch: cannot be had; TooLarge: more than <paramref name="maxBytes"/>.</exception>
    Task<byte[]?> FetchAsync(string path, long maxBytes, CancellationToken cancellationToken);
}
