using System.Text.Json.Nodes;
using EdgeVision.Packaging;

namespace EdgeVision.Update;

/// <summary>How a step of a deployment ended: the event for the table, and what is reported.</summary>
internal sealed record StepResult(UpdateEvent Event, UpdateCode Code = UpdateCode.None, string Reason = "")
{
    public static readonly StepResult Success = new(UpdateEvent.Success);

    public JsonObject? Evidence { get; init; }

    public string? Variant { get; init; }

    /// <summary>The signed counter, set by the checks of the offer.</summary>
    public long? Counter { get; init; }

    /// <summary>The release whose counter is the highest here was revoked: the next that is committed sets it anew.</summary>
    public bool ForgetsCounter { get; init; }

    /// <summary>Version of the snapshot that the offer was judged by.</summary>
    public long? CatalogueVersion { get; init; }

    /// <summary>Signed with the release: what need not be fetched whole.</summary>
    public IReadOnlyList<ReleaseDelta>? Deltas { get; init; }

    public static StepResult Fail(UpdateCode code, string reason) => new(UpdateEvent.Failure, code, reason);

    public static StepResult Of(StepFailure? failure) => failure is null ? Success : Fail(failure.Code, failure.Reason);
}
