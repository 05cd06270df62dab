using System.Buffers.Binary;
using System.Text;
using EdgeVision.Trainer.Architectures;
using EdgeVision.Trainer.Distributed;
using EdgeVision.Trainer.Layers;
using EdgeVision.Trainer.Storage;
using EdgeVision.Trainer.Torch;
using EdgeVision.Trainer.Training;

namespace EdgeVision.Trainer.Tests.Storage;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Write_Tensors_AreReadAgain()
    {
        var path = _directory.File("a.safetensors");
        SafetensorsFile.Write(path, new Dictionary<string, TensorSource> { ["b"] = new("F32", [2], 8, () => BitConverter.GetBytes(1.5)), ["a"] = new("U8", [3, 1], 3, () => [1, 2, 3]), ["none"] = new("I64", [0], 0, () => []) }, new Dictionary<string, string> { ["by"] = "test" });

        var (tensors, metadata) = SafetensorsFile.Read(path);

        Assert.Equal(["a", "b", "none"], tensors.Keys.Order());
        Assert.Equal([1, 2, 3], tensors["a"].Data);
        Assert.Equal([3, 1], tensors["a"].Shape);
        Assert.Equal("test", metadata["by"]);
        Assert.Equal(0, BinaryPrimitives.ReadInt64LittleEndian(File.ReadAllBytes(path)) % 8);
        Assert.False(File.Exists(path + ".part"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,4]}}""")]
    [InlineData("""{"a":{"dtype":"F9","shape":[1],"data_offsets":[0,4]}}""")]
    [InlineData("""{"a":{"shape":[1],"data_offsets":[0,4]}}""")]
    [InlineData("""{"a":7}""")]
    [InlineData("[1,2]")]
    public void Read_BrokenFile_OneClearMessage(string header)
    {
        var path = _directory.File("broken.safetensors");
        var bytes = Encoding.UTF8.GetBytes(header);
        File.WriteAllBytes(path, header.Length == 0 ? [] : [.. BitConverter.GetBytes((long)bytes.Length), .. bytes, 0, 0, 0, 0]);

        Assert.Contains("broken.safetensors is not a sound safetensors file", Assert.Throws<TrainerException>(() => SafetensorsFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Save_Checkpoint_CopiesNoWeights()
    {
        TorchRuntime.Start(threads: 1);
        using var directory = new TemporaryDirectory();
        using var objective = new ClassificationObjective(10);
        using var learner = new Learner(ArchitectureCatalog.Build("founding", new ArchitectureOptions { Classes = 10, Input = LayerShape.Map(1, 28, 28) }), new TrainingOptions { AverageDecay = 0.9 }, objective, RankGroup.Alone);
        void Save() => Checkpoint.Save(directory.File("checkpoint.safetensors"), learner, new TrainingState());
        Save();
        var before = GC.GetAllocatedBytesForCurrentThread();

        Save();

        Assert.InRange(new FileInfo(directory.File("checkpoint.safetensors")).Length, 4 * 93_322 * sizeof(float), 5 * 93_322 * sizeof(float));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000); // they lay about until the whole heap was collected: ten megabytes more after each epoch
    }
}
