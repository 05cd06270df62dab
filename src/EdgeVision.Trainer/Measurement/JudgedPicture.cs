using EdgeVision.Compression;
using EdgeVision.Imaging;

namespace EdgeVision.Trainer.Measurement;

/// <summary>One picture and what the device said of it.</summary>
/// <param name="Brightness">Mean of its pixels, 0 to 255.</param>
internal sealed record JudgedPicture(DatasetItem Item, ItemOutcome Outcome, int Width, int Height, double Brightness)
{
    /// <summary>Classifiers: confidence in each class; empty otherwise.</summary>
    public float[] Shares { get; init; } = [];

    /// <summary>Detectors: the boxes that a device would report; empty otherwise.</summary>
    public Detections Boxes { get; init; } = new(1);

    public int Truth => Item.Truth.ClassId;

    /// <summary>Classifiers: the class that was answered.</summary>
    public int Answer => Array.IndexOf(Shares, Shares.Max());

    public float Confidence => Shares[Answer];
}
