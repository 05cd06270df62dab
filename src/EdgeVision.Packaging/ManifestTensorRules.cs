using static EdgeVision.Packaging.ManifestRules;

namespace EdgeVision.Packaging;

/// <summary>The limits of <c>io</c> and <c>preprocess</c>: what goes into the network and comes out of it.</summary>
internal static class ManifestTensorRules
{
    private const int MaxTensors = 16;
    private const int MaxRank = 8;
    private const int MaxSide = 16_384;

    public static void Check(Manifest manifest, string name)
    {
        CheckTensors(manifest.Io.Inputs, name, "$.io.inputs");
        CheckTensors(manifest.Io.Outputs, name, "$.io.outputs");
        CheckPreprocess(manifest.Preprocess, name);
    }

    private static void CheckTensors(IReadOnlyList<ManifestTensor> tensors, string name, string path)
    {
        Require(tensors.Count is > 0 and <= MaxTensors, name, path, $"{tensors.Count} tensors; a network has 1 to {MaxTensors}");
        for (var i = 0; i < tensors.Count; i++)
        {
            CheckTensor(tensors[i], name, $"{path}[{i}]");
        }
    }

    private static void CheckTensor(ManifestTensor? tensor, string name, string path)
    {
        Require(tensor is not null, name, path, "is null; remove it");
        Require(tensor!.Name is { Length: > 0 and <= 256 }, name, $"{path}.name", "is empty or too long; write the tensor's name in the network");
        Require(tensor.Type is "float32" or "float16" or "uint8" or "int64", name, $"{path}.type", $"'{tensor.Type}' is not known; use float32, float16, uint8 or int64");
        Require(tensor.Shape.Count is > 0 and <= MaxRank, name, $"{path}.shape", $"{tensor.Shape.Count} dimensions; write 1 to {MaxRank}");
        Require(tensor.Shape.All(length => length is -1 or > 0), name, $"{path}.shape", "holds a length that is neither -1 (any) nor above 0");
    }

    private static void CheckPreprocess(ManifestPreprocess preprocess, string name)
    {
        Require(preprocess.Layout == "NCHW", name, "$.preprocess.layout", $"'{preprocess.Layout}' is not known; export the network with NCHW input");
        Require(preprocess.Channels is "bgr" or "rgb" or "gray", name, "$.preprocess.channels", $"'{preprocess.Channels}' is not known; use bgr, rgb or gray");
        Require(
            preprocess.Resize is "letterbox" or "stretch" or "centre-crop", name, "$.preprocess.resize", $"'{preprocess.Resize}' is not known; use letterbox, stretch or centre-crop");
        Require(preprocess.ShortSide is >= 0 and <= MaxSide, name, "$.preprocess.shortSide", $"{preprocess.ShortSide} is not from 0 to {MaxSide} pixels");
        Require(preprocess.Padding is >= 0 and <= 255, name, "$.preprocess.padding", $"{preprocess.Padding} is not a grey from 0 to 255");
        CheckPerChannel(preprocess.Mean, preprocess, name, "$.preprocess.mean");
        CheckPerChannel(preprocess.Std, preprocess, name, "$.preprocess.std");
        Require(preprocess.Std.All(value => value > 0), name, "$.preprocess.std", "holds a value that is not above 0; it divides the pixels");
    }

    private static void CheckPerChannel(IReadOnlyList<float> values, ManifestPreprocess preprocess, string name, string path)
    {
        var isOnePerChannel = values.Count == 3 || (values.Count == 1 && preprocess.Channels == "gray");
        Require(isOnePerChannel && values.All(float.IsFinite), name, path, $"{values.Count} values; write one number for each channel, in pixel values 0 to 255");
    }
}
