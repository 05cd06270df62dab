using EdgeVision.Compression;

namespace EdgeVision.Trainer;

/// <summary>All pictures of some sources, each read once, with one list of classes for all of them.</summary>
internal sealed record Survey(DatasetKind Kind, IReadOnlyList<string> Classes, IReadOnlyList<VersionSource> Sources, IReadOnlyList<Candidate> Candidates);
