namespace EdgeVision.Cloud.Faults;

/// <summary>What a device can ask a hub under test to do to it. The names are those that the official SDKs' own tests send, except the last.</summary>
internal enum FaultKind
{
    None,

    /// <summary>The connection ends without a word.</summary>
    KillTcp,

    /// <summary>The hub ends the connection; in MQTT 3.1.1 that looks the same.</summary>
    ShutDownMqtt,

    /// <summary>Messages end the connection, as too many would.</summary>
    InvokeThrottling,

    /// <summary>Messages end the connection, as after the day's quota.</summary>
    InvokeMaxMessageQuota,

    /// <summary>The connection ends, and every new one is refused.</summary>
    InvokeAuthError,

    /// <summary>Ours: the connection stays open, and nothing is answered or sent any more, to a new CONNECT neither.</summary>
    BlackHole,
}
