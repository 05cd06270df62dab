namespace EdgeVision.Compression;

/// <summary>How a model did on one picture; what intervals and paired tests are made from.</summary>
/// <param name="Name">The item's.</param>
/// <param name="Score">0 to 1. top1, text: 0 or 1; ap50: the AP50 of this picture alone; agreement: F1 of its boxes, share of its pixels, or 0 or 1; miou: of this picture alone.</param>
/// <param name="Expected">In words: the class, the text, or how many objects.</param>
/// <param name="Answered">In words.</param>
public sealed record ItemOutcome(string Name, double Score, string Expected, string Answered)
{
    public bool IsRight => Score >= 1;

    /// <summary>ap50: which boxes hit.</summary>
    public BoxOutcome? Boxes { get; init; }

    /// <summary>miou: which pixels met.</summary>
    public SegmentOverlap? Overlap { get; init; }

    /// <summary>agreement of boxes: how many both have.</summary>
    public BoxAgreement? Agreement { get; init; }
}
