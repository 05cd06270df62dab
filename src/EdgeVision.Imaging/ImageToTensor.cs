namespace EdgeVision.Imaging;

/// <summary>A frame of any pixel format to the input tensor of a model, in one pass over the output.</summary>
/// <remarks>Made once for a model; holds the tables for the last picture geometry it saw. One thread at a time.</remarks>
public sealed class ImageToTensor(TensorSpec spec)
{
    public TensorSpec Spec { get; } = spec;

    /// <summary>Writes the tensor (NCHW, <see cref="TensorSpec.Length"/> values).</summary>
    /// <returns>How the picture lies in the input, to project boxes back.</returns>
    public Letterbox Convert(Frame frame, Span<float> destination) => throw new NotImplementedException();

    /// <summary>The same for a model with uint8 input.</summary>
    public Letterbox Convert(Frame frame, Span<byte> destination) => throw new NotImplementedException();
}
