namespace EdgeVision.Inference;

/// <summary>How networks are run on this device.</summary>
public sealed record InferenceOptions
{
    /// <summary>The packaged variant whose 8-bit weights are widened once, when it is loaded, and that computes in floats.</summary>
    public const string WeightOnlyVariant = "int8-weight-only";

    /// <summary>Threads within one operator. Default 1: on a small busy machine more are slower.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Whether waiting threads burn the processor for the lowest latency. Default false.</summary>
    public bool Spinning { get; init; }

    /// <summary>Execution providers in order of preference; those the native library has not are passed over.</summary>
    public IReadOnlyList<string> Providers { get; init; } = ["tensorrt", "cuda", "cpu"];

    /// <summary>Refuse a model of which any node would run on another provider than this one; null = no such wish.</summary>
    public string? Require { get; init; }

    /// <summary>With <see cref="Require"/>: run anyway, and say so, instead of refusing.</summary>
    public bool AllowDegraded { get; init; }

    /// <summary>Path of another ONNX Runtime native library (Jetson builds); null = the one beside the program.</summary>
    public string? NativeLibrary { get; init; }

    /// <summary>Replaces the manifest's confidence limit; null = the manifest's. Asked for each frame, because it may change while the model runs: must allocate nothing.</summary>
    public Func<float?> MinConfidence { get; init; } = () => null;
}
