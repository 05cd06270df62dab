using System.Text.Json.Serialization;

namespace EdgeVision.Compression;

/// <summary>What is read of an event's arguments.</summary>
internal sealed record ProfileEventArguments([property: JsonPropertyName("op_name")] string? Operator);
