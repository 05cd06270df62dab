namespace EdgeVision.Update;

/// <summary>Which part of a repository a file belongs to.</summary>
internal enum ImportKind
{
    /// <summary><c>metadata/12.targets.json</c>: what is signed.</summary>
    Metadata,

    /// <summary><c>targets/models/toy/1.0.0/DIGEST.manifest.json</c>: what the signatures are about.</summary>
    Target,

    /// <summary><c>objects/sha256/ab/DIGEST</c>: what manifests name.</summary>
    Object,
}
