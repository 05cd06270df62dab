namespace EdgeVision.Cloud.Storage;

/// <summary>The words for roles.</summary>
internal static class ServiceRoles
{
    public static string NameOf(ServiceRole role) => role switch { ServiceRole.Read => "read", ServiceRole.Write => "write", _ => "admin" };

    public static ServiceRole? Parse(string? name) => name switch { "read" => ServiceRole.Read, "write" => ServiceRole.Write, "admin" => ServiceRole.Admin, _ => null };
}
