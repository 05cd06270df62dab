using EdgeVision.Packaging;

namespace EdgeVision.Inference;

/// <summary>Which kind of golden set fits a model.</summary>
internal static class GoldenKinds
{
    /// <returns>Null for a model that answers nothing, or with what golden sets do not hold.</returns>
    public static GoldenKind? Of(Manifest manifest) => manifest.Decode.Decoder switch
    {
        "none" or "ctc" or "segmentation" => null,
        "softmax" or "logits" => GoldenKind.Classes,
        _ => GoldenKind.Boxes,
    };
}
