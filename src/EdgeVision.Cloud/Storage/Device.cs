using System.Text.Json.Nodes;
using EdgeVision.Hub;

namespace EdgeVision.Cloud.Storage;

/// <summary>A device that may connect, or a module on one: an identity of its own, named <c>device/module</c>, with its own keys, twin and connection.</summary>
/// <param name="Id">Case-sensitive.</param>
/// <param name="Enabled">A disabled one is refused and keeps its twin.</param>
/// <param name="Credentials">What it proves itself with.</param>
/// <param name="Generation">Tells this device from one of the same name that was removed.</param>
/// <param name="Version">Counts changes, from 1.</param>
internal sealed record Device(string Id, bool Enabled, DeviceCredentials Credentials, string Generation, long Version = 1)
{
    public const char ModuleMark = '/';

    public string Status => Enabled ? "enabled" : "disabled";

    public bool IsModule => Id.Contains(ModuleMark, StringComparison.Ordinal);

    /// <summary>The device itself; for a module the device that it runs on.</summary>
    public string DeviceId => Id.Split(ModuleMark)[0];

    /// <summary>Base64; empty when it proves itself with a certificate.</summary>
    public string PrimaryKey => Credentials.PrimaryKey;

    /// <summary>What the device is configured with; holds the key, where there is one.</summary>
    public string ConnectionString(HubAddress hub)
    {
        var who = $"HostName={hub.HostName};DeviceId={DeviceId}" + (IsModule ? $";ModuleId={Id.Split(ModuleMark)[1]}" : "");
        return who + (Credentials.Type == DeviceAuthentication.Sas ? $";SharedAccessKey={PrimaryKey}" : ";x509=true") + HubConnectionString.HttpsPortPart(hub.HttpsPort);
    }

    /// <summary>As Azure's registry answers.</summary>
    /// <param name="withKeys">Only for those who may change the device anyway.</param>
    public JsonObject ToJson(bool withKeys)
    {
        var shown = withKeys ? Credentials : Credentials with { PrimaryKey = "", SecondaryKey = "" };
        var json = new JsonObject
        {
            ["deviceId"] = DeviceId, ["generationId"] = Generation, ["etag"] = ETag.Of(Version).Trim('"'), ["status"] = Status, ["authentication"] = shown.ToJson(),
        };
        if (IsModule)
        {
            json["moduleId"] = Id.Split(ModuleMark)[1];
        }

        return json;
    }
}
