namespace EdgeVision.Packaging;

/// <summary>What an ONNX file may hold to be shown to ONNX Runtime.</summary>
/// <remarks>The daemon's own limits are the defaults; a manifest narrows them (<see cref="Of"/>), never widens them.</remarks>
public sealed record OnnxLimits
{
    /// <summary>Oldest and newest IR version: 3 is of 2017, the first with operator sets; 13 is the newest that ONNX Runtime 1.31 reads.</summary>
    public int IrMin { get; init; } = 3;

    public int IrMax { get; init; } = 13;

    /// <summary>Newest version of each operator set that is allowed, those of ONNX Runtime 1.31; a domain not named is refused. <c>""</c> and <c>ai.onnx</c> are the same one.</summary>
    public IReadOnlyDictionary<string, int> Opsets { get; init; } = new Dictionary<string, int> { [""] = 26, ["ai.onnx.ml"] = 5, ["com.microsoft"] = 1 };

    /// <summary>Graphs within graphs (branches of If, bodies of Loop). The network itself is level 1.</summary>
    public int MaxGraphDepth { get; init; } = 16;

    /// <summary>Bytes of all tensors together, as their shapes say.</summary>
    public long MaxTensorBytes { get; init; } = 1L << 30;

    /// <summary>This daemon's limits, narrowed by what the manifest says.</summary>
    public static OnnxLimits Of(Manifest manifest)
    {
        var limits = new OnnxLimits();
        return manifest.Onnx is not { } onnx ? limits : limits with
        {
            IrMax = Math.Min(limits.IrMax, onnx.IrMax ?? limits.IrMax),
            Opsets = onnx.Opsets is null ? limits.Opsets : Narrow(limits.Opsets, onnx.Opsets),
        };
    }

    private static Dictionary<string, int> Narrow(IReadOnlyDictionary<string, int> allowed, IReadOnlyDictionary<string, int> wanted) =>
        wanted.Select(pair => (Domain: pair.Key == "ai.onnx" ? "" : pair.Key, Version: pair.Value))
            .Where(pair => allowed.ContainsKey(pair.Domain))
            .GroupBy(pair => pair.Domain)
            .ToDictionary(group => group.Key, group => Math.Min(allowed[group.Key], group.Min(pair => pair.Version)));
}
