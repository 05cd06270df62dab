using EdgeVision.Planted;
using EdgeVision.Update;

namespace EdgeVision.Agent.Tests;

/// <summary>Where a planted model was stopped, and what the operator is told.</summary>
internal sealed record PlantedVerdict(PlantedModel Model, StoppedAt Stopped, UpdateCode Code, string Reason)
{
    public bool IsRight => Stopped == Model.Expected;

    /// <summary>One line of the table.</summary>
    public override string ToString() =>
        $"{(IsRight ? "  " : "! ")}{Model.Name,-47} {Model.Expected,-14} {Stopped,-14} {(int)Code,4}  {Reason.ReplaceLineEndings(" ")}";
}
