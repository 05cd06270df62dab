using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeVision.Hub;

namespace EdgeVision.Cloud;

/// <summary>Where a hub is reached: <c>endpoints.json</c> while it runs, <c>hub.json</c> for the last time it did.</summary>
/// <param name="Host">The name that certificate and connection strings carry.</param>
/// <param name="MqttPort">MQTT over TLS.</param>
/// <param name="HttpsPort">REST and model repository.</param>
/// <param name="Listen">The address on this machine that commands connect to.</param>
internal sealed record HubAddress(string Host, int MqttPort, int HttpsPort, string Listen)
{
    public static readonly HubAddress Default = new("localhost", HubConnectionString.DefaultPort, 8443, "127.0.0.1");

    /// <summary>Names the provisioning service, which is reached at the MQTT port; empty before the hub ran.</summary>
    public string IdScope { get; init; } = "";

    /// <summary>The hub as it stands in connection strings: no port where it is the usual one.</summary>
    public string HostName => MqttPort == HubConnectionString.DefaultPort ? Host : $"{Host}:{MqttPort}";

    public string RepositoryUrl => $"https://{Host}:{HttpsPort}/";

    /// <summary>The running hub's (it writes both files when it starts), else the last one's, else the default.</summary>
    public static HubAddress Of(DataDirectory directory) => TryRead(directory.LastEndpoints) ?? Default;

    /// <returns>Null when the file is not there or says nothing usable.</returns>
    public static HubAddress? TryRead(string path)
    {
        try
        {
            var json = JsonNode.Parse(File.ReadAllBytes(path))!;
            return new HubAddress((string)json["host"]!, (int)json["mqttPort"]!, (int)json["httpsPort"]!, (string?)json["listen"] ?? Default.Listen) { IdScope = (string?)json["idScope"] ?? "" };
        }
        catch (Exception exception) when (exception is IOException or JsonException or InvalidOperationException or ArgumentNullException)
        {
            return null;
        }
    }

    public void Write(string path) => DataDirectory.WriteAtomically(path, Encoding.UTF8.GetBytes(ToJson().ToJsonString()));

    private JsonObject ToJson() => new() { ["host"] = Host, ["mqttPort"] = MqttPort, ["httpsPort"] = HttpsPort, ["listen"] = Listen, ["idScope"] = IdScope };
}
