using EdgeVision.Compression;
using EdgeVision.Inference;
using EdgeVision.Onnx;
using EdgeVision.Packaging;

namespace EdgeVision.Workbench;

/// <summary>A network that was pruned and that ONNX Runtime takes, not yet written.</summary>
internal sealed record PrunedNetwork(byte[] Onnx, int BytesBefore, PruningReport Report)
{
    /// <exception cref="OnnxException">No network.</exception>
    /// <exception cref="CompressionException">It cannot be pruned so.</exception>
    public static PrunedNetwork Of(byte[] onnx, string name, PruningOptions options)
    {
        var model = OnnxModel.Load(onnx, name);
        PruningForm.Apply(model, options.Importance);
        var report = ChannelPruner.Prune(model, options);
        GraphCleanup.Apply(model);
        var pruned = model.Save();
        using (TensorNetwork.Open(pruned, $"The pruned form of {name}"))
        {
            return new PrunedNetwork(pruned, onnx.Length, report);
        }
    }

    /// <summary>Under another name until it is whole, so that nothing half written is ever taken for the result.</summary>
    public void WriteFile(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var draft = $"{path}.{Environment.ProcessId}.partial";
        try
        {
            File.WriteAllBytes(draft, Onnx);
            File.Move(draft, path);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    /// <summary>The package with this network as its only one. Its golden set is left out, because its answers are those of the network that was.</summary>
    public void WritePackage(string directory, ModelPackage source)
    {
        var kept = source.Manifest.Files.Where(file => file == source.ModelFile || file.Role is not ("model" or "golden")).ToArray();
        var contents = kept.ToDictionary(file => file.Name, file => file == source.ModelFile ? Onnx : source.Read(file));
        using var draft = new DraftDirectory(directory);
        PackageWriter.Write(draft.Path, source.Manifest with { Files = kept, Quant = null }, contents);
        draft.Publish();
    }
}
