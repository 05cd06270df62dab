using System.Text;
using EdgeVision.Imaging;
using EdgeVision.Inference;
using EdgeVision.Packaging;
using EdgeVision.Trainer.Architectures;
using EdgeVision.Trainer.Layers;
using EdgeVision.Trainer.Torch;
using EdgeVision.Trainer.Training;
using TorchSharp;

namespace EdgeVision.Trainer.Tests.Training;

public sealed class DetectionObjectiveTests : IDisposable
{
    private static readonly LayerShape Input = LayerShape.Map(3, DrawnSquares.Size, DrawnSquares.Size);

    private readonly TemporaryDirectory _directory = new();
    private readonly DrawnSquares _squares = new(8);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Loss_EightPicturesLearntByHeart_AreFoundAndTheDeviceFindsTheSame()
    {
        TorchRuntime.Start(threads: 1);
        using var network = new Network(ArchitectureCatalog.Build("detector", new ArchitectureOptions { Classes = DrawnSquares.Classes, Input = Input, Width = 0.25 }), seed: 1);
        using var objective = new DetectionObjective(Input, DrawnSquares.Classes);
        using var batch = _squares.Batch();

        var (first, last, value) = Practice.Run(network, objective, batch, steps: 100, rate: 0.01);

        Assert.True(last < first / 3, $"{first} to {last}");
        Assert.InRange(value, 0.9, 1);
        DeviceFindsTheSame(network, batch);
    }

    [Fact]
    public void Loss_PictureWithoutObjects_IsANumberAndTeachesThatNothingIsThere()
    {
        TorchRuntime.Start(threads: 1);
        using var scope = torch.NewDisposeScope();
        using var objective = new DetectionObjective(Input, classes: 1);
        using var batch = new Batch(DrawnSquares.Spec, 1, 1);
        batch.Reset(1);
        var answer = torch.zeros([1, 84, 6], requires_grad: true);

        var loss = objective.Loss(answer, torch.zeros(1, 3, 64, 64), batch);
        loss.backward();

        Assert.Equal(84 * MathF.Log(2), loss.item<float>(), 0.01);
        Assert.Equal(84 * 0.5f, answer.grad!.sum().item<float>(), 0.01); // of objectness alone, each half a logit too sure
    }

    private void DeviceFindsTheSame(Network network, Batch batch)
    {
        using var device = VisionModel.Load(Package(network), new InferenceOptions { Providers = ["cpu"] });
        using var scope = torch.NewDisposeScope();
        var exam = new DetectionExam(Input, DrawnSquares.Classes);
        var answer = network.Forward(torch.tensor(batch.Pixels.ToArray(), [batch.Count, 3, DrawnSquares.Size, DrawnSquares.Size]), training: false, network.Graph.Logits);
        var (expected, result) = (new Detections(), new VisionResult());
        for (var i = 0; i < batch.Count; i++)
        {
            exam.Find(answer[i], 0.25f, expected);
            device.Infer(_squares.Pictures[i].Frame, result);

            Assert.Equal(expected.ClassIds.ToArray(), result.Detections.ClassIds.ToArray());
            Assert.All(Enumerable.Range(0, expected.Count), box => Assert.InRange(expected.Boxes[box].ClampTo(DrawnSquares.Size, DrawnSquares.Size).IntersectionOverUnion(result.Detections.Boxes[box]), 0.9999f, 1.0001f));
        }
    }

    private ModelPackage Package(Network network)
    {
        var answer = network.Graph.ShapeOf(network.Graph.Output);
        var manifest = new Manifest
        {
            Schema = 1,
            Model = "squares",
            Version = "1.0.0",
            Files = [new ManifestFile("model", "model.onnx", 0, ""), new ManifestFile("labels", "labels.txt", 0, "")],
            Io = new ManifestIo([new ManifestTensor(LayerGraph.Input, "float32", [1, 3, DrawnSquares.Size, DrawnSquares.Size])], [new ManifestTensor(network.Graph.Output, "float32", [1, answer.Channels, answer.Height])]),
            Preprocess = new ManifestPreprocess { Mean = DrawnSquares.Spec.Mean, Std = DrawnSquares.Spec.Std },
            Decode = new ManifestDecode { Decoder = "yolox", Strides = DetectionNetwork.Strides },
        };
        return PackageWriter.Write(_directory.File("package"), manifest, new Dictionary<string, byte[]> { ["model.onnx"] = OnnxExport.Write(network), ["labels.txt"] = Encoding.UTF8.GetBytes("blue\nred\n") });
    }
}
