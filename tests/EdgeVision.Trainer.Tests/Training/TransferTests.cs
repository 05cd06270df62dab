using System.Text.Json;
using EdgeVision.Imaging;
using EdgeVision.Inference;
using EdgeVision.Onnx;
using EdgeVision.Packaging;
using EdgeVision.Trainer.Architectures;
using EdgeVision.Trainer.Layers;
using EdgeVision.Trainer.Torch;
using EdgeVision.Trainer.Training;
using TorchSharp;

namespace EdgeVision.Trainer.Tests.Training;

[Collection(Chance.Name)]
public sealed class TransferTests : IDisposable
{
    private static readonly SortedDictionary<string, double> Nothing = new(StringComparer.Ordinal);

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("/model.onnx")]
    [InlineData("/model.safetensors")]
    public void Start_FromAnotherRun_BeginsAsGoodAsThatEnded(string file)
    {
        var first = Train("first", new RunSettings { Model = "resnet8", Width = 0.5, Data = Data(800), Options = new TrainingOptions { Epochs = 8, BatchSize = 16, LearningRate = 0.003, Threads = 1 }, Command = "first" });
        var options = new TrainingOptions { Epochs = 1, LearningRate = 1e-6, Threads = 1 };
        var cold = Train("cold", new RunSettings { Model = "resnet8", Width = 0.5, Data = Data(800), Options = options });
        var warm = Train("warm", new RunSettings { Model = "resnet8", Width = 0.5, Data = Data(800), Options = options, From = _directory.File("first") + file, Command = "second" });

        Assert.InRange(first.Value, 0.8, 1);
        Assert.InRange(warm.Value, first.Value - 0.1, 1);
        Assert.InRange(cold.Value, 0, first.Value - 0.1);
        var transferred = JsonDocument.Parse(File.ReadAllBytes(_directory.File("warm/run.json"))).RootElement.GetProperty("transferred");
        var command = JsonDocument.Parse(File.ReadAllBytes(_directory.File("warm/run.json"))).RootElement.GetProperty("settings").GetProperty("command").GetString();
        Assert.Equal(file == "" ? "first\nsecond" : "second", command); // what a card says of how it was made
        Assert.Contains("stage1.block1.first.conv.weight", transferred.EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public void Start_FrozenLayers_KeepTheirBitsAndTheRestLearns()
    {
        Train("first", new RunSettings { Model = "resnet8", Width = 0.5, Data = Data(200), Options = new TrainingOptions { Epochs = 1, Threads = 1 } });
        var rates = new SortedDictionary<string, double>(StringComparer.Ordinal) { ["stem"] = 0, ["stage1"] = 0, ["stage2"] = 0.1 };
        Train("second", new RunSettings { Model = "resnet8", Width = 0.5, Data = Data(200), Options = new TrainingOptions { Epochs = 1, WeightDecay = 0.01, Optimizer = OptimizerKind.AdamW, Threads = 1 }, From = _directory.File("first"), LayerRates = rates });

        var (before, after) = (Tensors("first"), Tensors("second"));
        Assert.All(before.Keys.Where(name => name.StartsWith("stem.", StringComparison.Ordinal) || name.StartsWith("stage1.", StringComparison.Ordinal)), name => Assert.Equal(before[name], after[name]));
        Assert.NotEqual(before["stage2.block1.first.conv.weight"], after["stage2.block1.first.conv.weight"]);
        Assert.NotEqual(before["classifier.weight"], after["classifier.weight"]);
    }

    [Fact]
    public void WithTaken_WhatCameFromElsewhere_LearnsAtItsShareUnlessAnotherWasSaid()
    {
        var graph = ArchitectureCatalog.Build("founding", new ArchitectureOptions { Classes = 3, Input = LayerShape.Map(1, 28, 28) });
        string[] gifts = [.. graph.Parameters.Select(parameter => parameter.Name).Where(name => !name.StartsWith("dense2", StringComparison.Ordinal) && name != "conv3.bias")];

        var rates = LayerRates.WithTaken(graph, gifts, 0.1, new SortedDictionary<string, double>(StringComparer.Ordinal) { ["conv1"] = 0 });

        Assert.Equal([("conv1", 0), ("conv2", 0.1), ("dense1", 0.1)], rates.Select(rate => (rate.Key, rate.Value)));
        Assert.Same(Nothing, LayerRates.WithTaken(graph, gifts, 1, Nothing));
        Assert.Contains("0 (does not learn) to 100", Assert.Throws<TrainerException>(() => LayerRates.For(graph, LayerRates.WithTaken(graph, gifts, double.NaN, Nothing))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_PublishedSqueezeNet_GivesAllItsWeightsAndSeesWhatOnnxRuntimeSees()
    {
        TorchRuntime.Start(threads: 1);
        var package = ModelPackage.Open(Published.Model("squeezenet"));
        var donor = Donor.Open(package.Directory);
        using var network = new Network(ArchitectureCatalog.Build("squeezenet", new ArchitectureOptions { Classes = 1_000, Input = LayerShape.Map(3, 224, 224) }), seed: 0);

        Assert.Equal(network.Graph.Parameters.Count, donor.GiftsFor(network.Graph).Count);
        Assert.Equal((ChannelOrder.Bgr, 104f, 123f), (donor.Input!.Channels, donor.Input.Mean[0], donor.Input.Mean[2]));
        donor.GiveTo(network);
        var model = OnnxModel.Load(package.Read(package.ModelFile), "squeezenet");
        model.Graph.Proto.Output.Clear();
        model.Graph.AddOutput("fire9/concat_1", [1, 512, 13, 13]);
        long[] shape = [1, 3, 224, 224];
        float[] picture = [.. Enumerable.Range(0, 3 * 224 * 224).Select(i => 100 * MathF.Sin(i * 0.37f))];
        using var runtime = TensorNetwork.Open(model.Save(), "squeezenet");
        var expected = runtime.Run(new Dictionary<string, NetworkTensor> { ["data_0"] = NetworkTensor.Of(shape, picture) }).Single().Value.Floats.ToArray();
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var seen = network.Forward(torch.tensor(picture, shape), training: false, "fire9").data<float>().ToArray();
        Assert.InRange(expected.Zip(seen, (left, right) => MathF.Abs(left - right)).Max(), 0, 1e-4 * expected.Max());
    }

    [Fact]
    public void Open_PackageOfTheZoo_GivesTheFloatWeightsAndHowPicturesArePrepared()
    {
        var zoo = Path.Combine(TestData.RepositoryRoot, "models", "zoo", "fashion");

        var donor = Donor.Open(zoo);

        var graph = ArchitectureCatalog.Build("founding", new ArchitectureOptions { Classes = 10, Input = LayerShape.Map(1, 28, 28) });
        Assert.Equal(graph.Parameters.Select(parameter => parameter.Name), donor.GiftsFor(graph));
        Assert.Equal(ChannelOrder.Gray, donor.Input!.Channels);
        Assert.Equal(ModelPackage.Open(zoo).Manifest.Preprocess.Mean, donor.Input.Mean);
    }

    [Fact]
    public void Start_NothingFits_SaysWhatBothHave()
    {
        Train("first", new RunSettings { Model = "mlp", Data = Data(200), Options = new TrainingOptions { Epochs = 1, Threads = 1 } });

        var wish = new RunSettings { Model = "resnet8", Data = Data(200), From = _directory.File("first") };
        Assert.Contains("has no tensor of resnet8: it has", Assert.Throws<TrainerException>(() => Train("second", wish)).Message, StringComparison.Ordinal);
        var rates = new RunSettings { Model = "resnet8", Data = Data(200), LayerRates = new SortedDictionary<string, double>(Nothing) { ["stam"] = 0 } };
        Assert.Contains("They begin with stem, stage1", Assert.Throws<TrainerException>(() => Train("second", rates)).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_directory.File("second"))); // there is nothing to go on with
    }

    private DataWish Data(int count) => new() { Data = Stripes.Write(_directory.File($"data{count}"), count) };

    private RunResult Train(string name, RunSettings settings) => TrainingRun.Start(_directory.File(name), settings, new Progress<TrainingProgress>(), TestContext.Current.CancellationToken)!;

    private Dictionary<string, byte[]> Tensors(string run) =>
        EdgeVision.Trainer.Storage.SafetensorsFile.Read(_directory.File($"{run}/model.safetensors")).Tensors.ToDictionary(tensor => tensor.Key, tensor => tensor.Value.Data);
}
