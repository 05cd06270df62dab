using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeVision.Hub;

/// <summary>Gives a message that was made under a wrong clock the time at which it was really made.</summary>
/// <remarks>
/// Example: made 40 s after the start of the machine with the clock at 1970, sent at 12:10:00, 640 s after the start: made at 12:00:00. <c>time</c> and <c>clock</c> of the body
/// and $.ctime say so, and <c>"restamped":true</c> says that they were said later. A body that is no JSON object stays as it is.
/// </remarks>
internal static class Restamp
{
    private static readonly JsonWriterOptions AsWritten = new() { Encoder = JavaScriptEncoder.Default };

    public static TelemetryMessage Apply(TelemetryMessage message, DateTimeOffset made) =>
        message with { Created = made, Clock = "synced", Body = BodyOf(message.Body, made) };

    private static byte[] BodyOf(byte[] body, DateTimeOffset made)
    {
        try
        {
            if (JsonNode.Parse(body) is not JsonObject fields)
            {
                return body;
            }

            (fields["time"], fields["clock"], fields["restamped"]) = (made, "synced", true);
            using var bytes = new MemoryStream();
            using (var writer = new Utf8JsonWriter(bytes, AsWritten))
            {
                fields.WriteTo(writer);
            }

            return bytes.ToArray();
        }
        catch (JsonException)
        {
            return body;
        }
    }
}
