namespace EdgeVision.Trainer;

/// <summary>One picture that may become part of a version.</summary>
/// <param name="Source">Into the survey's sources.</param>
/// <param name="Split">Where it belongs; null = it may be divided.</param>
/// <param name="Class">Into the survey's classes; -1 = boxes, or not known.</param>
/// <param name="Boxes">In pixels of the picture, as they stand in the set; null where the set has none.</param>
/// <param name="MaskPath">Null where it has none.</param>
internal sealed record Candidate(int Source, string Name, DataSplit? Split, PictureFacts Facts, int Class, IReadOnlyList<VersionBox>? Boxes, string? MaskPath)
{
    public bool IsUsable => Facts.Problem is null;

    /// <summary>Whether it is only judged on: such sets are published with their figures, so nothing is taken out of them.</summary>
    public bool IsHeldOut => Split is DataSplit.Validation or DataSplit.Test;

    public bool HasSameTruth(Candidate other) => Class == other.Class && (Boxes ?? []).SequenceEqual(other.Boxes ?? []);
}
