using EdgeVision.Imaging;
using EdgeVision.Inference;

namespace EdgeVision.Compression;

/// <summary>What is measured, and how.</summary>
public sealed record EvaluationOptions
{
    /// <summary>A model to agree with instead of a truth; needed for pictures of which nothing is known.</summary>
    public VisionModel? Reference { get; init; }

    /// <summary>IoU from which a box hits a true one. Default 0.5.</summary>
    public float Iou { get; init; } = 0.5f;

    /// <summary>IoU from which boxes of two models are the same. Default 0.9.</summary>
    public float AgreementIou { get; init; } = 0.9f;

    /// <summary>Characters that are left out of both texts before they are compared. Default the middle dot, which plates are written with or without.</summary>
    public string IgnoredCharacters { get; init; } = "·";

    /// <summary>Share of unreadable pictures from which nothing is reported but an error. Default 0.01.</summary>
    public double MaxUnreadable { get; init; } = 0.01;

    /// <summary>Rounds of the bootstrap. Default 1000.</summary>
    public int BootstrapRounds { get; init; } = 1000;

    /// <summary>Pictures decoded ahead of the model. Default 4.</summary>
    public int ReadAhead { get; init; } = 4;

    /// <summary>Who wants to see each picture with its answer while both are at hand: picture and answer are given back when it returns. Default nobody.</summary>
    public Action<DatasetItem, Frame, VisionResult, ItemOutcome>? Watch { get; init; }
}
