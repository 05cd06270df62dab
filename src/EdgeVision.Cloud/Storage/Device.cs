using System.Text.Json.Nodes;

namespace EdgeVision.Cloud.Storage;

/// <summary>A device that may connect, or a module on one: an identity of its own, named <c>device/module</c>, with its own keys, twin and connection.</summary>
/// <param name="Id">Case-sensitive.</param>
/// <param name="Enabled">A disabled one is refused and keeps its twin.</param>
/// <param name="Credentials">What it proves itself with.</param>
/// <param name="Generation">Tells this device from one of the same name that was removed.</param>
internal sealed record Device(string Id, bool Enabled, DeviceCredentials Credentials, string Generation)
{
    public const char ModuleMark = '/';

    public string Status => Enabled ? "enabled" : "disabled";

    public bool IsModule => Id.Contains(ModuleMark, StringComparison.Ordinal);

    /// <summary>The device itself; for a module the device that it runs on.</summary>
    public string DeviceId => Id.Split(ModuleMark)[0];

    /// <summary>Base64; empty when it proves itself with a certificate.</summary>
    public string PrimaryKey => Credentials.PrimaryKey;

    /// <summary>As Azure's registry answers.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject { ["deviceId"] = DeviceId, ["generationId"] = Generation, ["status"] = Status, ["authentication"] = Credentials.ToJson() };
        if (IsModule)
        {
            json["moduleId"] = Id.Split(ModuleMark)[1];
        }

        return json;
    }
}
