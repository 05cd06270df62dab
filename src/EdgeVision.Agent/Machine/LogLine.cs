namespace EdgeVision.Agent;

/// <summary>One line of the log, without secrets.</summary>
/// <param name="Level">As in the configuration: <c>information</c>, <c>warning</c>, ...</param>
internal sealed record LogLine(DateTimeOffset Time, LogLevel Level, string Source, string Text);
