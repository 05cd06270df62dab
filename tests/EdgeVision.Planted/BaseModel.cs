using EdgeVision.Imaging;
using EdgeVision.Onnx;
using EdgeVision.Packaging;

namespace EdgeVision.Planted;

/// <summary>A real model with real pictures, from which good and bad ones are made.</summary>
/// <param name="Golden">Pictures of its golden set.</param>
/// <param name="Live">Other pictures, which stand for what the camera sees.</param>
public sealed record BaseModel(ModelPackage Package, IReadOnlyList<NamedPicture> Golden, IReadOnlyList<NamedPicture> Live)
{
    public byte[] Network { get; } = Package.Read(Package.Manifest.FileOf("model")!);

    public string InputName => Package.Manifest.Io.Inputs[0].Name;

    public string OutputName => Package.Manifest.Io.Outputs[0].Name;

    /// <summary>The same model with a golden set in which it answers none of these classes.</summary>
    public BaseModel WithoutGoldenAnswers(params ReadOnlySpan<int> classes)
    {
        var hidden = classes.ToArray();
        using var runner = new NetworkRunner(Network);
        return this with { Golden = [.. Golden.Where(picture => !hidden.Contains(FirstClass(picture)))] };

        int FirstClass(NamedPicture picture)
        {
            var answer = runner.Run(Tensor(picture))[OutputName];
            return Array.IndexOf(answer, answer.Max());
        }
    }

    /// <summary>The same model before another scene: only pictures of these classes come.</summary>
    public BaseModel WhereItSees(params ReadOnlySpan<int> classes)
    {
        var shown = classes.ToArray();
        return this with { Live = [.. Live.Where(picture => shown.Contains(picture.TrueClass))] };
    }

    /// <summary>The base's network, to be edited.</summary>
    public OnnxModel Open() => OnnxModel.Load(Network, Package.Manifest.Model);

    /// <summary>The network after an edit.</summary>
    public byte[] Edit(Action<OnnxModel> edit)
    {
        var model = Open();
        edit(model);
        return model.Save();
    }

    /// <summary>A picture as the input tensor, prepared as the manifest says.</summary>
    public float[] Tensor(NamedPicture picture)
    {
        var spec = Spec();
        var tensor = new float[spec.Length];
        using var frame = ImageCodec.Decode(picture.Encoded, picture.Name);
        new ImageToTensor(spec).Convert(frame, tensor);
        return tensor;
    }

    private TensorSpec Spec()
    {
        var (shape, preprocess) = (Package.Manifest.Io.Inputs[0].Shape, Package.Manifest.Preprocess);
        return new TensorSpec
        {
            Width = shape[3],
            Height = shape[2],
            Channels = preprocess.Channels == "rgb" ? ChannelOrder.Rgb : ChannelOrder.Bgr,
            Resize = preprocess.Resize == "stretch" ? ResizeMode.Stretch : ResizeMode.Letterbox,
            Antialias = preprocess.Antialias,
        };
    }
}
