namespace EdgeVision.Compression;

/// <summary>The boxes of one picture against its truth.</summary>
/// <param name="Truths">Class of every object that counts.</param>
/// <param name="Found">Every box the model gave that counts, surest first.</param>
public sealed record BoxOutcome(IReadOnlyList<int> Truths, IReadOnlyList<FoundBox> Found);

/// <param name="IsHit">It took a true object of its class; otherwise it is a false alarm.</param>
public readonly record struct FoundBox(int ClassId, float Confidence, bool IsHit);
