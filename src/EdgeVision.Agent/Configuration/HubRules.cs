namespace EdgeVision.Agent;

/// <summary>What must go together where a hub is configured: one way to find it, and one proof of who the device is.</summary>
internal static class HubRules
{
    public static IEnumerable<string> Check(AgentOptions options)
    {
        if (options is { Hub.ConnectionStringFile.Length: 0, Provisioning: null })
        {
            yield return "hub.connection_string_file is missing: write the hub's connection string to a file that only this user can read, and name it; or let [provisioning] find the hub; or leave [hub] out";
        }

        if (options is { Hub.ConnectionStringFile.Length: > 0, Provisioning: not null })
        {
            yield return "hub.connection_string_file and [provisioning] both say which hub: keep one of them";
        }

        if (options.Provisioning is { } provisioning && (provisioning.IdScope.Length == 0 || provisioning.RegistrationId.Length == 0))
        {
            yield return "[provisioning] wants both id_scope and registration_id, as the provisioning service shows them";
        }

        if (options is { Provisioning: { KeyFile: null }, Hub: null or { CertificateFile: null } })
        {
            yield return "[provisioning] wants provisioning.key_file, or a certificate: hub.certificate_file and hub.key_file";
        }

        if (options.Hub is { } hub && (hub.CertificateFile is null) != (hub.KeyFile is null))
        {
            yield return "hub.certificate_file and hub.key_file go together: name both or neither";
        }

        if (options.Hub is { Proxy: null, ProxyCredentialsFile: not null })
        {
            yield return "hub.proxy_credentials_file is for hub.proxy, which is missing";
        }
    }
}
