using System.Text.Json.Nodes;

namespace EdgeVision.Hub;

/// <summary>The answer to a direct method.</summary>
/// <param name="Status">As in HTTP: 200 done, 400 the payload was wrong, 500 it failed.</param>
/// <param name="Payload">JSON, at most 128 KB; null = none.</param>
public sealed record MethodResult(int Status, JsonNode? Payload)
{
    public static MethodResult Error(int status, string message) => new(status, new JsonObject { ["error"] = message });
}
