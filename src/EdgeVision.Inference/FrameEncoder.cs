using EdgeVision.Imaging;
using EdgeVision.Packaging;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace EdgeVision.Inference;

/// <summary>A frame into the bound input, as the manifest's <c>preprocess</c> says.</summary>
/// <remarks>Writes straight into the memory the network reads; one thread at a time.</remarks>
internal sealed class FrameEncoder
{
    private readonly BoundTensor _input;
    private readonly ImageToTensor _toTensor;

    /// <exception cref="InferenceException">The input is not a picture of the manifest's channels.</exception>
    public FrameEncoder(BoundTensor input, ManifestPreprocess preprocess, string model)
    {
        var channels = preprocess.Channels == "gray" ? 1 : 3;
        if (input.Shape is not [1, var planes, _, _] || planes != channels || input.Type == TensorElementType.Int64)
        {
            throw new InferenceException(
                $"{model}: input '{input.Name}' is {input.Type} [{string.Join(", ", input.Shape)}], but {preprocess.Channels} pictures need [1, {channels}, height, width] "
                + "of float32, float16 or uint8: correct preprocess.channels, or export the network with NCHW input.");
        }

        _input = input;
        _toTensor = new ImageToTensor(PreprocessSpec.Of(preprocess, (int)input.Shape[3], (int)input.Shape[2], input.Type == TensorElementType.UInt8 ? TensorType.UInt8 : TensorType.Float32));
    }

    public int Width => _toTensor.Spec.Width;

    public int Height => _toTensor.Spec.Height;

    public Letterbox Encode(Frame frame)
    {
        if (_input.Type == TensorElementType.UInt8)
        {
            return _toTensor.Convert(frame, _input.Bytes);
        }

        var letterbox = _toTensor.Convert(frame, _input.Floats);
        _input.CommitFloats();
        return letterbox;
    }
}
