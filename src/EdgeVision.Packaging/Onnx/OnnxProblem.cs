namespace EdgeVision.Packaging;

/// <summary>What kind of rule an ONNX file breaks.</summary>
public enum OnnxProblem
{
    None,

    /// <summary>Not an ONNX network, cut short, or nested deeper than any network is.</summary>
    Parse,

    /// <summary>Weights outside the file.</summary>
    ExternalData,

    /// <summary>A version, an operator set or a section that this daemon does not run.</summary>
    Unsupported,

    /// <summary>Tensors that need more memory than is allowed.</summary>
    Memory,
}
