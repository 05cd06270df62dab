namespace EdgeVision.Hub;

/// <summary>What a topic of the device protocol is for.</summary>
public enum HubTopicKind
{
    Unknown,

    /// <summary>Device to cloud: <c>devices/{id}/messages/events/{bag}</c>.</summary>
    Telemetry,

    /// <summary>Cloud to device: <c>devices/{id}/messages/devicebound/{bag}</c>.</summary>
    DeviceBound,

    /// <summary><c>$iothub/twin/GET/?$rid=</c></summary>
    TwinGet,

    /// <summary><c>$iothub/twin/PATCH/properties/reported/?$rid=</c></summary>
    TwinReport,

    /// <summary><c>$iothub/twin/res/{status}/?$rid=</c></summary>
    TwinResponse,

    /// <summary><c>$iothub/twin/PATCH/properties/desired/?$version=</c></summary>
    TwinDesired,

    /// <summary><c>$iothub/methods/POST/{method}/?$rid=</c></summary>
    MethodRequest,

    /// <summary><c>$iothub/methods/res/{status}/?$rid=</c></summary>
    MethodResponse,

    /// <summary>To the provisioning service: <c>$dps/registrations/PUT/iotdps-register/?$rid=</c></summary>
    ProvisioningRegister,

    /// <summary><c>$dps/registrations/GET/iotdps-get-operationstatus/?$rid=&amp;operationId=</c></summary>
    ProvisioningStatus,

    /// <summary><c>$dps/registrations/res/{status}/?$rid=&amp;retry-after=</c></summary>
    ProvisioningResponse,
}
