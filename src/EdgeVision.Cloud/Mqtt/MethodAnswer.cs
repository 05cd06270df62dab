using System.Text.Json.Nodes;

namespace EdgeVision.Cloud.Mqtt;

/// <param name="Failure">None when the device answered.</param>
/// <param name="Status">The device's own word, by custom like HTTP's.</param>
/// <param name="Payload">JSON, or null.</param>
internal sealed record MethodAnswer(MethodFailure Failure, int Status, JsonNode? Payload);
