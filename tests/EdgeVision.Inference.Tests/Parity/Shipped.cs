using EdgeVision.Imaging;
using EdgeVision.Packaging;

namespace EdgeVision.Inference.Tests;

/// <summary>The packages as <c>make models</c> leaves them, used as the daemon uses them: a file's bytes in, answers out.</summary>
internal static class Shipped
{
    public static VisionModel Load(string name, float? minConfidence = null) =>
        VisionModel.Load(ModelPackage.Open(Published.Model(name)), new InferenceOptions { MinConfidence = () => minConfidence });

    /// <summary>A classifier that says the probability of every class for a picture of its input's own size, taken as it is.</summary>
    public static VisionModel LoadUnprepared(string name, string folder)
    {
        var package = Zoo.Change(name, folder, manifest => manifest with
        {
            Preprocess = manifest.Preprocess with { Resize = "stretch", Mean = [0, 0, 0], Std = [1, 1, 1] },
            Decode = manifest.Decode with { TopK = 1000 },
        });
        return VisionModel.Load(package, new InferenceOptions());
    }

    public static Frame Picture(string path) => ImageCodec.Decode(File.ReadAllBytes(path), Path.GetFileName(path));
}
