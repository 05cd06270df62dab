using System.Text.Json.Nodes;
using EdgeVision.Update;

namespace EdgeVision.Agent;

/// <summary>What one examination found; the one line of JSON that the examining process says.</summary>
/// <param name="Code">None = passed.</param>
/// <param name="Reason">A sentence for an operator: which gate, which figure, which limit.</param>
internal sealed record ExamReport(UpdateCode Code, string Reason)
{
    public string? Variant { get; init; }

    /// <summary>Milliseconds of a whole frame, picture to answer.</summary>
    public double LatencyMsP50 { get; init; }

    public double LatencyMsP99 { get; init; }

    /// <summary>How many times as long a frame takes as with the model in service; null = they were not compared.</summary>
    public double? TimesAsLong { get; init; }

    public int Frames { get; init; }

    /// <summary>Milliseconds until the network could run.</summary>
    public double LoadMs { get; init; }

    /// <summary>What the model took at most.</summary>
    public double MemoryMiB { get; init; }

    public string Provider { get; init; } = "";

    /// <summary>Figures of the golden set; null where the package has none.</summary>
    public JsonObject? Golden { get; init; }

    /// <summary>Which of the process's confinements the kernel granted.</summary>
    public IReadOnlyList<string> Confined { get; init; } = [];

    public bool Passed => Code == UpdateCode.None;
}
