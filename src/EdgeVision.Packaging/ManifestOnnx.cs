namespace EdgeVision.Packaging;

/// <summary>What the network's file may hold, as its maker says; the daemon's own limits hold beside it.</summary>
public sealed record ManifestOnnx
{
    /// <summary>Highest IR version of the file.</summary>
    public int? IrMax { get; init; }

    /// <summary>Highest version of each operator set, by domain; a domain that is not named here is refused. <c>""</c> is ONNX itself.</summary>
    public IReadOnlyDictionary<string, int>? Opsets { get; init; }

    /// <summary>Always false: weights outside the file are never read.</summary>
    public bool ExternalData { get; init; }
}
