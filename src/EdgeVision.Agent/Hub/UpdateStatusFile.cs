using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeVision.Update;

namespace EdgeVision.Agent;

/// <summary>The newest report for the commands on the device (<c>update.status.json</c>): what the twin says, and which digests are blocked here.</summary>
/// <remarks>Not synced, because the state of the update is elsewhere: after a power cut the next start writes it anew.</remarks>
internal sealed class UpdateStatusFile(string stateDirectory)
{
    private const int MaxBytes = 64 * 1024;
    private readonly string _path = Path.Combine(stateDirectory, "update.status.json");

    public static byte[] ToBytes(UpdateReport report, WishAnswer answer)
    {
        var json = UpdateTwin.Of(report, answer);
        json["blocked"] = new JsonArray([.. report.Blocked.Select(digest => JsonValue.Create(digest))]);
        json["clockBack"] = report.ClockBack;
        return Encoding.UTF8.GetBytes(json.ToJsonString() + "\n");
    }

    /// <summary>A disk that does not take it is said elsewhere, where it matters.</summary>
    public void Write(byte[] status)
    {
        try
        {
            File.WriteAllBytes(_path + ".tmp", status);
            File.Move(_path + ".tmp", _path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // see above
        }
    }

    /// <summary>Null where no daemon has run yet.</summary>
    public JsonObject? TryRead() => TryRead(_path);

    public static JsonObject? TryRead(string path)
    {
        try
        {
            return File.Exists(path) && new FileInfo(path).Length <= MaxBytes ? JsonNode.Parse(File.ReadAllBytes(path)) as JsonObject : null;
        }
        catch (Exception exception) when (exception is JsonException or IOException)
        {
            return null;
        }
    }
}
