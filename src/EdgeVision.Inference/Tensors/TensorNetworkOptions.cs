namespace EdgeVision.Inference;

/// <summary>How a <see cref="TensorNetwork"/> is run.</summary>
public sealed record TensorNetworkOptions
{
    /// <summary>Threads within one operator. Default 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>How far ONNX Runtime rewrites the graph: 0 not at all, 1 basic, 2 extended, 3 everything (layout too). Default 3, as on the device.</summary>
    public int OptimizationLevel { get; init; } = 3;

    /// <summary>Weights stored in 8 bits are widened once, at load, and everything is computed in floats (<c>session.disable_quant_qdq</c>). Default false.</summary>
    public bool WidenWeights { get; init; }

    /// <summary>Where ONNX Runtime writes what each operator takes: the file is <c>PREFIX_date.json</c>, and whole after <see cref="TensorNetwork.EndProfiling"/>. Default null: nothing is written.</summary>
    public string? ProfilePrefix { get; init; }
}
