using System.Buffers.Binary;
using System.Text;
using EdgeVision.Trainer.Storage;

namespace EdgeVision.Trainer.Tests.Storage;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Write_Tensors_AreReadAgain()
    {
        var path = _directory.File("a.safetensors");
        SafetensorsFile.Write(path, new Dictionary<string, StoredTensor> { ["b"] = new("F32", [2], BitConverter.GetBytes(1.5).ToArray()), ["a"] = new("U8", [3, 1], [1, 2, 3]), ["none"] = new("I64", [0], []) }, new Dictionary<string, string> { ["by"] = "test" });

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
}
