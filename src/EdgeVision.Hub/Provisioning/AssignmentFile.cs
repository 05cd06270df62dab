using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeVision.Hub;

/// <summary>The assignment of the last registration, kept over restarts: <c>hub-assignment.json</c>, which only the daemon's user can read.</summary>
/// <remarks>It holds for the scope and registration it was made for; of another, or broken, it is as if it were not there. Written whole or not at all.</remarks>
internal sealed class AssignmentFile(ProvisioningOptions options)
{
    private const string ScopeKey = "idScope", RegistrationKey = "registrationId", HubKey = "assignedHub", DeviceKey = "deviceId";
    private readonly string _path = Path.Combine(options.StateDirectory, "hub-assignment.json");

    public HubAssignment? Read()
    {
        try
        {
            var file = JsonNode.Parse(File.ReadAllText(_path)) as JsonObject;
            return Text(file, ScopeKey) == options.IdScope && Text(file, RegistrationKey) == options.RegistrationId && HubEndpoint.TryParse(Text(file, HubKey)) is not null && DeviceIds.IsValid(Text(file, DeviceKey))
                ? new HubAssignment(Text(file, HubKey), Text(file, DeviceKey))
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Where the hub of the assignment is.</summary>
    public HubEndpoint? ReadEndpoint() => Read() is { } assignment ? HubEndpoint.TryParse(assignment.Hub, options.Endpoint.HttpsPort) : null;

    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void Write(HubAssignment assignment)
    {
        var text = new JsonObject { [ScopeKey] = options.IdScope, [RegistrationKey] = options.RegistrationId, [HubKey] = assignment.Hub, [DeviceKey] = assignment.DeviceId }.ToJsonString();
        Directory.CreateDirectory(options.StateDirectory);
        OwnersFile.Write(_path, text);
    }

    private static string Text(JsonObject? file, string key) => file?[key] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}
