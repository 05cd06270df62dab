using System.Text.Json.Nodes;

namespace EdgeVision.Cloud.Storage;

/// <summary>What kind of destination and where.</summary>
/// <param name="Kind">webhook or kafka.</param>
/// <param name="Address">A URL, or HOST:PORT of a broker (several with commas).</param>
/// <param name="Topic">Kafka's; empty for a webhook.</param>
/// <param name="Secret">Signs what a webhook gets; empty for Kafka. Never shown again.</param>
/// <param name="File">Webhook: a CA file to trust beside the system's; Kafka: more settings of the client (TLS, SASL). Empty for none. Read when it is opened.</param>
/// <param name="SkipRefused">Whether a message that the destination calls bad (400, 413, 422) is skipped and counted; otherwise everything waits for somebody to look.</param>
internal sealed record DestinationSettings(string Kind, string Address, string Topic, string Secret, string File, bool SkipRefused)
{
    public const string Webhook = "webhook", Kafka = "kafka";

    public string ToText() => new JsonObject
    {
        ["kind"] = Kind, ["address"] = Address, ["topic"] = Topic, ["secret"] = Secret, ["file"] = File, ["skipRefused"] = SkipRefused,
    }.ToJsonString();

    public static DestinationSettings Parse(string text)
    {
        var json = JsonNode.Parse(text)!;
        return new((string)json["kind"]!, (string)json["address"]!, (string)json["topic"]!, (string)json["secret"]!, (string)json["file"]!, (bool)json["skipRefused"]!);
    }
}
