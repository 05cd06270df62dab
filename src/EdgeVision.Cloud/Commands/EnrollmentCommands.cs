using System.Text.Json.Nodes;
using EdgeVision.Cloud.Provisioning;
using EdgeVision.Cloud.Storage;
using EdgeVision.Hub;

namespace EdgeVision.Cloud.Commands;

/// <summary><c>enrollment add|list|remove|key</c>: which devices may provision themselves. A running hub knows at once.</summary>
internal static class EnrollmentCommands
{
    public static Task<int> AddAsync(Arguments arguments)
    {
        var isGroup = arguments.Has("--group");
        var id = isGroup ? arguments[0] : arguments[0].ToLowerInvariant();
        var device = arguments.Option("--device") ?? "";
        if (!DeviceIds.IsValid(id) || (device.Length > 0 && (isGroup || !DeviceIds.IsValid(device))))
        {
            throw new CloudException("Names have 1 to 128 of A-Z a-z 0-9 . _ : - and only one device, not a group, can be given its name.");
        }

        var directory = DataDirectory.Create(arguments.Data);
        using var database = HubDatabase.Open(directory);
        var enrollment = new Enrollment(id, isGroup, Enabled: true, device, Credentials(arguments, isGroup));
        return new EnrollmentStore(database).TryAdd(enrollment)
            ? Task.FromResult(Output.Json(Describe(enrollment, directory)))
            : throw new CloudException($"There is an enrollment '{id}' already. Remove it first with: edgevision-cloud enrollment remove {id}");
    }

    public static Task<int> ListAsync(Arguments arguments)
    {
        var directory = DataDirectory.Open(arguments.Data);
        using var database = HubDatabase.Open(directory);
        return Task.FromResult(Output.Json(new JsonArray([.. new EnrollmentStore(database).All().Select(enrollment => Describe(enrollment, directory))])));
    }

    public static Task<int> RemoveAsync(Arguments arguments)
    {
        using var database = HubDatabase.Open(DataDirectory.Open(arguments.Data));
        return new EnrollmentStore(database).Remove(arguments[0])
            ? Task.FromResult(Output.Json(new JsonObject { ["enrollmentId"] = arguments[0], ["removed"] = true }))
            : throw NoSuchEnrollment(arguments[0]);
    }

    /// <summary>The key of one device of a group: the group's own belongs on no device.</summary>
    public static Task<int> KeyAsync(Arguments arguments)
    {
        using var database = HubDatabase.Open(DataDirectory.Open(arguments.Data));
        var group = new EnrollmentStore(database).All().FirstOrDefault(enrollment => enrollment.Id == arguments[0] && enrollment.IsGroup) ?? throw NoSuchEnrollment(arguments[0]);
        return group.Credentials.Type == DeviceAuthentication.Sas
            ? Task.FromResult(Output.Json(new JsonObject { ["registrationId"] = arguments[1], ["key"] = group.CredentialsOf(arguments[1]).PrimaryKey }))
            : throw new CloudException($"The group '{group.Id}' goes by certificates, not keys.");
    }

    private static DeviceCredentials Credentials(Arguments arguments, bool isGroup)
    {
        var own = CredentialArguments.Read(arguments);
        return (own?.Type, isGroup) switch
        {
            (DeviceAuthentication.SelfSigned, true) => DeviceCredentials.Authority with { PrimaryThumbprint = own!.PrimaryThumbprint },
            _ => own ?? DeviceCredentials.NewKeys(),
        };
    }

    private static JsonObject Describe(Enrollment enrollment, DataDirectory directory) => new()
    {
        ["enrollmentId"] = enrollment.Id,
        ["group"] = enrollment.IsGroup,
        ["deviceId"] = enrollment.DeviceId.Length == 0 ? null : enrollment.DeviceId,
        ["authentication"] = enrollment.Credentials.ToJson(),
        ["idScope"] = directory.IdScope,
        ["provisioningHost"] = HubAddress.Of(directory).HostName,
    };

    private static CloudException NoSuchEnrollment(string id) => new($"There is no enrollment '{id}'. See: edgevision-cloud enrollment list");
}
