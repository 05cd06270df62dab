namespace EdgeVision.Cloud.Mqtt;

/// <summary>Why a device may not connect. The device itself is only told "not authorised", so that nobody learns which names exist.</summary>
internal enum ConnectRefusal
{
    None,

    /// <summary>The client id is no device id.</summary>
    BadClientId,

    /// <summary>The user name is not {hub}/{client id}/?api-version=...</summary>
    BadUserName,

    /// <summary>No device of that name: add it first.</summary>
    UnknownDevice,

    /// <summary>The device was disabled.</summary>
    DisabledDevice,

    /// <summary>The password is no shared access signature.</summary>
    NoToken,

    /// <summary>The signature speaks for something else.</summary>
    OtherResource,

    /// <summary>The signature was made with another key.</summary>
    WrongKey,

    /// <summary>The signature or certificate has expired, or a clock is wrong.</summary>
    Expired,

    /// <summary>The device proves itself with a certificate and showed none.</summary>
    NoCertificate,

    /// <summary>The certificate has another fingerprint, is made out to another name, or no authority that the hub knows has signed it.</summary>
    WrongCertificate,
}
