namespace EdgeVision.Hub;

/// <summary>Why there is no connection to the hub. Shown to operators, so every member is something they can act on.</summary>
public enum HubFailure
{
    None,

    /// <summary>The hub's name did not resolve (dns).</summary>
    NameNotFound,

    /// <summary>Nothing listens at that address and port, or there is no way to it.</summary>
    Unreachable,

    /// <summary>Its certificate is not made out to that name, has ended, or comes from a CA that is not trusted.</summary>
    Certificate,

    /// <summary>The hub refused the device: unknown, disabled, another key, or a clock that is wrong by more than five minutes.</summary>
    Unauthorized,

    /// <summary>This device's clock is not set yet, so no certificate can be judged; nothing was tried.</summary>
    ClockUnset,

    /// <summary>No answer in time.</summary>
    TimedOut,

    /// <summary>The hub, or something on the way, closed the connection.</summary>
    Closed,
}
