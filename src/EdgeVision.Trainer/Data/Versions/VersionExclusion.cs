using System.Text.Json.Serialization;

namespace EdgeVision.Trainer;

/// <summary>What was left out of a version, and why.</summary>
/// <param name="Name">The picture, maybe with the box that is meant.</param>
internal sealed record VersionExclusion(int Source, string Name, [property: JsonConverter(typeof(JsonStringEnumConverter<FindingKind>))] FindingKind Kind, string Reason);
