namespace EdgeVision.Inference;

/// <summary>What a golden exam found.</summary>
public enum GoldenOutcome
{
    /// <summary>Every gate held, or the package has no golden set and the plain pictures gave numbers.</summary>
    Pass,

    /// <summary>The answers are further from the expected ones than the manifest allows.</summary>
    Differs,

    /// <summary>The network gave NaN, an infinity, or a confidence that is not from 0 to 1.</summary>
    NotANumber,

    /// <summary>The golden set cannot be read, or is one for another kind of model.</summary>
    Unreadable,

    /// <summary>ONNX Runtime failed while it ran the network.</summary>
    RunFailed,
}
