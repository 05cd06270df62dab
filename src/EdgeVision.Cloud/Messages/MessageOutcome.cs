namespace EdgeVision.Cloud.Messages;

/// <summary>How a message ended; the names are what feedback says.</summary>
internal enum MessageOutcome
{
    Success,
    Expired,
    DeliveryCountExceeded,
    Rejected,
    Purged,
}
