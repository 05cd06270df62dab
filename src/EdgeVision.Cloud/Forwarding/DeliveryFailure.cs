namespace EdgeVision.Cloud.Forwarding;

/// <summary>Why a destination did not take everything.</summary>
internal enum DeliveryFailure
{
    None,

    /// <summary>Not reached, busy or broken: the same again later may do.</summary>
    Unavailable,

    /// <summary>It takes nothing from us (401, 403, 404, ...): somebody has to look at the settings.</summary>
    Refused,

    /// <summary>It says that what we sent is bad (400, 413, 422): the same again never does.</summary>
    BadMessage,
}
