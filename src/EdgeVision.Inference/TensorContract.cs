using EdgeVision.Packaging;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace EdgeVision.Inference;

/// <summary>Holds what the manifest promises of a tensor against what the network has.</summary>
internal static class TensorContract
{
    /// <summary>Values of one input or output: 1 GiB of float32, far above any picture or answer.</summary>
    private const long MaxValues = 1L << 28;

    public static void RequireOneInput(Manifest manifest, InferenceSession session)
    {
        if (manifest.Io.Inputs.Count != 1 || session.InputMetadata.Count != 1)
        {
            throw new InferenceException(
                $"{manifest.Model}: the manifest has {manifest.Io.Inputs.Count} inputs and the network {session.InputMetadata.Count}: a vision model has exactly one, the picture.");
        }
    }

    /// <summary>Memory for the tensor; lengths the network leaves open are the manifest's, an open batch is 1.</summary>
    /// <exception cref="InferenceException">Name, type or shape differ, or a length stays open.</exception>
    public static BoundTensor Bind(ManifestTensor promised, IReadOnlyDictionary<string, NodeMetadata> actual, string kind, string model)
    {
        if (!actual.TryGetValue(promised.Name, out var metadata))
        {
            throw new InferenceException($"{model}: the network has no {kind} '{promised.Name}', only {string.Join(", ", actual.Keys)}: correct io.{kind}s in the manifest.");
        }

        var type = TypeName(metadata.ElementDataType);
        if (type != promised.Type)
        {
            throw new InferenceException($"{model}: {kind} '{promised.Name}' is {type} in the network but {promised.Type} in the manifest: correct io.{kind}s in the manifest.");
        }

        return new BoundTensor(promised.Name, metadata.ElementDataType, Shape(promised, metadata.Dimensions, kind, model));
    }

    private static string TypeName(TensorElementType type) => type switch
    {
        TensorElementType.Float => "float32",
        TensorElementType.Float16 => "float16",
        TensorElementType.UInt8 => "uint8",
        TensorElementType.Int64 => "int64",
        _ => type.ToString(),
    };

    private static long[] Shape(ManifestTensor promised, int[] actual, string kind, string model)
    {
        var fits = promised.Shape.Count == actual.Length && promised.Shape.Zip(actual).All(pair => pair.First < 0 || pair.Second < 0 || pair.First == pair.Second);
        if (!fits)
        {
            throw new InferenceException(
                $"{model}: {kind} '{promised.Name}' has shape [{string.Join(", ", actual)}] in the network but [{string.Join(", ", promised.Shape)}] in the manifest: correct io.{kind}s in the manifest.");
        }

        var shape = new long[actual.Length];
        for (var i = 0; i < shape.Length; i++)
        {
            shape[i] = actual[i] > 0 ? actual[i] : promised.Shape[i] > 0 ? promised.Shape[i] : i == 0 ? 1 : throw Open(promised, i, kind, model);
        }

        // In floating point, because the product of such lengths may not fit any whole number.
        return shape.Aggregate(1.0, (product, length) => product * length) <= MaxValues ? shape : throw TooLarge(promised, shape, kind, model);
    }

    private static InferenceException TooLarge(ManifestTensor promised, long[] shape, string kind, string model) => new(
        $"{model}: {kind} '{promised.Name}' of shape [{string.Join(", ", shape)}] is more than {MaxValues} values: write smaller lengths in io.{kind}s, or export the network with a smaller {kind}.");

    private static InferenceException Open(ManifestTensor promised, int axis, string kind, string model) =>
        new($"{model}: length {axis} of {kind} '{promised.Name}' is open in the network and in the manifest: write the length the daemon shall use in io.{kind}s.");
}
