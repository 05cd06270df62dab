namespace EdgeVision.Hub;

/// <summary>Why there is no connection to the hub. Shown to operators, so every member is something they can act on.</summary>
public enum HubFailure
{
    None,

    /// <summary>The hub's name did not resolve (dns).</summary>
    NameNotFound,

    /// <summary>Nothing listens at that address and port, or there is no way to it.</summary>
    Unreachable,

    /// <summary>The HTTP proxy did not let the connection through.</summary>
    Proxy,

    /// <summary>Its certificate is not made out to that name, has ended, or comes from a CA that is not trusted.</summary>
    Certificate,

    /// <summary>It closes when spoken to in TLS: another port is meant.</summary>
    NotTls,

    /// <summary>The certificate or key of this device is missing, has ended, or cannot be used.</summary>
    DeviceCertificate,

    /// <summary>The hub refused the device: unknown, disabled, another key, or a clock that is wrong by more than five minutes.</summary>
    Unauthorized,

    /// <summary>This device's clock is not set yet, so no certificate can be judged; nothing was tried.</summary>
    ClockUnset,

    /// <summary>The hub accepted the device and closed the connection soon after, again and again: another one has the same identity.</summary>
    DuplicateIdentity,

    /// <summary>The provisioning service gave no hub.</summary>
    NotProvisioned,

    /// <summary>The hub is there, and says that it cannot take the device just now.</summary>
    Busy,

    /// <summary>No answer in time.</summary>
    TimedOut,

    /// <summary>The hub, or something on the way, closed the connection.</summary>
    Closed,
}
