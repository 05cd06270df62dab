namespace EdgeVision.Cloud.Storage;

/// <param name="Outcome">Whether it counts.</param>
/// <param name="Version">Of the section after it; 0 when it was not applied.</param>
/// <param name="Reason">A sentence for whoever sent it; empty when it was applied.</param>
internal sealed record TwinPatchResult(TwinPatchOutcome Outcome, long Version, string Reason);
