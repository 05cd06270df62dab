using EdgeVision.Imaging;

namespace EdgeVision.Inference;

/// <summary>The numbers a detector network puts out, as boxes. One implementation for each head.</summary>
/// <remarks>Allocates nothing per frame; overlapping boxes are left to <see cref="NonMaxSuppression"/>. One thread at a time.</remarks>
internal interface IOutputDecoder
{
    /// <summary>Classes the network tells apart, background not counted: one label each.</summary>
    int ClassCount { get; }

    /// <summary>Adds every box of at least <paramref name="minConfidence"/>, in pixels of the network's input.</summary>
    /// <param name="outputs">In the manifest's order, as float32.</param>
    void Decode(BoundTensor[] outputs, float minConfidence, Detections detections);
}
