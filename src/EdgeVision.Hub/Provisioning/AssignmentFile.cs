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
            var file = JsonText.TryParseObject(File.ReadAllBytes(_path));
            return file.Text(ScopeKey) == options.IdScope && file.Text(RegistrationKey) == options.RegistrationId && HubEndpoint.TryParse(file.Text(HubKey)) is not null && DeviceIds.IsValid(file.Text(DeviceKey))
                ? new HubAssignment(file.Text(HubKey), file.Text(DeviceKey))
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
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
}
