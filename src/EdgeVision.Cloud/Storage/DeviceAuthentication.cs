namespace EdgeVision.Cloud.Storage;

/// <summary>How a device proves who it is. The names are Azure's.</summary>
internal enum DeviceAuthentication
{
    /// <summary>A token signed with one of two symmetric keys.</summary>
    Sas,

    /// <summary>A certificate whose fingerprint is one of two that the registry holds.</summary>
    SelfSigned,

    /// <summary>A certificate whose common name is the device's id, signed by an authority that the hub was given.</summary>
    CertificateAuthority,
}
