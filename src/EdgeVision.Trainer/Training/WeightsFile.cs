using System.Runtime.InteropServices;
using EdgeVision.Trainer.Layers;
using EdgeVision.Trainer.Storage;
using TorchSharp;

namespace EdgeVision.Trainer.Training;

/// <summary>Weights by parameter name as safetensors: <c>conv1.weight</c>, as in the ONNX file.</summary>
internal static class WeightsFile
{
    /// <exception cref="IOException">The disk is full, or the folder is gone.</exception>
    public static void Save(string path, Network network) =>
        SafetensorsFile.Write(path, Tensors(network, ""), new Dictionary<string, string> { ["network"] = network.Graph.Name });

    /// <exception cref="TrainerException">No sound file, or of another network.</exception>
    public static void Load(string path, Network network) => Restore(network, SafetensorsFile.Read(path).Tensors, "", path);

    public static Dictionary<string, TensorSource> Tensors(Network network, string prefix) => network.Graph.Parameters.ToDictionary(
        parameter => prefix + parameter.Name, parameter => new TensorSource("F32", parameter.Spec.Shape, parameter.Spec.Count * sizeof(float), () => MemoryMarshal.AsBytes(network.Read(parameter.Name))), StringComparer.Ordinal);

    public static void Restore(Network network, Dictionary<string, StoredTensor> tensors, string prefix, string path)
    {
        foreach (var parameter in network.Graph.Parameters)
        {
            network.Write(parameter.Name, MemoryMarshal.Cast<byte, float>(Take(tensors, prefix + parameter.Name, "F32", path)));
        }
    }

    public static TensorSource Of(torch.Tensor tensor, string type) => new(type, tensor.shape, tensor.bytes.Length, () => tensor.bytes);

    public static byte[] Take(Dictionary<string, StoredTensor> tensors, string name, string type, string path) => tensors.TryGetValue(name, out var tensor) && tensor.Type == type
        ? tensor.Data
        : throw new TrainerException($"{path} has no tensor '{name}' of {type}: it is of another network or another way to train.");
}
