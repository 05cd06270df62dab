namespace EdgeVision.Cloud.Storage;

/// <summary>What somebody may do on the service side; each includes the one before.</summary>
internal enum ServiceRole
{
    /// <summary>Look at devices (without their keys), twins, telemetry and figures.</summary>
    Read,

    /// <summary>Change twins and call methods.</summary>
    Write,

    /// <summary>Everything: identities and their keys, access, destinations, the audit trail.</summary>
    Admin,
}
