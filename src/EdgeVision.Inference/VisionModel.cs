using EdgeVision.Imaging;
using EdgeVision.Packaging;

namespace EdgeVision.Inference;

/// <summary>One packaged model, loaded and ready to look at frames.</summary>
/// <remarks>Made by <see cref="Load"/>. One thread at a time; 0 bytes allocated per frame in steady state. Disposing frees the native session.</remarks>
public abstract class VisionModel : IDisposable
{
    public abstract ModelIdentity Identity { get; }

    public abstract IReadOnlyList<string> Labels { get; }

    /// <summary>Which part of a result it fills.</summary>
    public abstract AnswerKind Answers { get; }

    /// <summary>Where the network's nodes run.</summary>
    public abstract PlacementReport Placement { get; }

    /// <summary>Loads the package's network, binds its tensors once, and chooses the decoder that the manifest names.</summary>
    /// <exception cref="InferenceException">Not an ONNX network, tensors that differ from the manifest, labels that do not match, an unknown decoder, or a provider policy that cannot be kept.</exception>
    public static VisionModel Load(ModelPackage package, InferenceOptions options) => ModelFactory.Create(package, options);

    /// <summary>Looks at one frame.</summary>
    public abstract void Infer(Frame frame, VisionResult result);

    /// <summary>Whether the network's outputs for the last frame were numbers: neither NaN nor an infinity among them. 0 bytes allocated.</summary>
    public abstract bool OutputsAreFinite();

    /// <summary>The network alone, on whatever its bound input holds: for benchmarks.</summary>
    public abstract void RunBare();

    public abstract void Dispose();
}
