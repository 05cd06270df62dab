using System.Text.Json.Serialization;

namespace EdgeVision.Packaging;

/// <summary>What a model must prove on the device before it may speak: golden set, budgets, shadow run, probation. Each absent gate has its default.</summary>
public sealed record ManifestGates
{
    public ManifestGates()
    {
    }

    [JsonConstructor]
    internal ManifestGates(GoldenGate? golden = null, ShadowGate? shadow = null, ProbationGate? probation = null)
    {
        Golden = golden ?? Golden;
        Shadow = shadow ?? Shadow;
        Probation = probation ?? Probation;
    }

    public GoldenGate Golden { get; init; } = new();

    /// <summary>Longest time of 99 in 100 frames, in milliseconds, from picture to answer; null = 1.3 times what the version in service takes.</summary>
    public double? LatencyMsP99 { get; init; }

    /// <summary>Most resident memory the model may add, in MiB; null = no budget.</summary>
    public int? MemoryMiB { get; init; }

    public ShadowGate Shadow { get; init; } = new();

    public ProbationGate Probation { get; init; } = new();
}
