namespace EdgeVision.Agent;

/// <summary>Something that happened to the clock.</summary>
/// <param name="Event"><c>clock.stepped</c>, <c>clock.synced</c> or <c>clock.unsynced</c>.</param>
/// <param name="Detail">By how much it stepped, for example <c>+3600.0 s</c>.</param>
internal sealed record ClockChange(string Event, string Detail);
