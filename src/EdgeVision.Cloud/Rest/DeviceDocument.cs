using System.Text.Json;
using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Rest;

/// <summary>Reads a device as a service writes it: Azure's document, of which status and authentication count.</summary>
internal static class DeviceDocument
{
    /// <returns>Null when it is none; then <paramref name="wrong"/> says why.</returns>
    public static DeviceChange? Read(byte[] body, out string wrong)
    {
        wrong = "The body is a JSON object; its status is enabled or disabled.";
        if ((body.Length == 0 ? [] : JsonText.TryParseObject(body)) is not { } json || json["status"] is not null && json["status"]!.GetValueKind() != JsonValueKind.String)
        {
            return null;
        }

        var credentials = DeviceCredentialsJson.Read(body);
        wrong = credentials.Error ?? wrong;
        return credentials.Error is not null ? null : (string?)json["status"] switch
        {
            null => new DeviceChange(null, credentials.Value),
            "enabled" => new DeviceChange(Enabled: true, credentials.Value),
            "disabled" => new DeviceChange(Enabled: false, credentials.Value),
            _ => null,
        };
    }
}
