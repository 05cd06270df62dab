namespace EdgeVision.Update;

/// <summary>One file of a repository on a stick or in an archive.</summary>
/// <param name="Path">From the repository's root, with slashes.</param>
/// <param name="Open">Once, before the next entry is asked for; the caller disposes.</param>
internal sealed record ImportEntry(string Path, long Size, Func<Stream> Open);
