using static EdgeVision.Packaging.ManifestRules;

namespace EdgeVision.Packaging;

/// <summary>The limits of <c>decode</c>. Which decoders exist is not judged here: only the room that runs them knows.</summary>
internal static class ManifestDecodeRules
{
    public static void Check(ManifestDecode decode, string name)
    {
        Require(IsName(decode.Decoder), name, "$.decode.decoder", $"'{decode.Decoder}' is not a decoder's name");
        Require(decode.MinConfidence is >= 0 and <= 1, name, "$.decode.minConfidence", $"{decode.MinConfidence} is not from 0 to 1");
        Require(decode.Iou is >= 0 and <= 1, name, "$.decode.iou", $"{decode.Iou} is not from 0 to 1");
        Require(decode.TopK is > 0 and <= 1000, name, "$.decode.topK", $"{decode.TopK} is not from 1 to 1000");
        Require(decode.Strides.All(stride => stride is > 0 and <= 1024), name, "$.decode.strides", "holds a stride that is not from 1 to 1024 pixels");
        Require(decode.MinBoxes.All(IsPositive), name, "$.decode.minBoxes", "holds a list that is empty or has a length not above 0");
        Require(decode.BackgroundClasses is >= 0 and <= 16, name, "$.decode.backgroundClasses", $"{decode.BackgroundClasses} is not from 0 to 16");
        Require(decode.Blank is >= 0 and < 65_536, name, "$.decode.blank", $"{decode.Blank} is not from 0 to 65535; count the labels from 0");
    }

    private static bool IsPositive(IReadOnlyList<float>? lengths) =>
        lengths is { Count: > 0 } && lengths.All(length => length > 0 && float.IsFinite(length));
}
