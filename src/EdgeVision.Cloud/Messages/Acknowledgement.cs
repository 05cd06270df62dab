namespace EdgeVision.Cloud.Messages;

/// <summary>Of which ends of a message its sender wants to hear (Azure's iothub-ack).</summary>
[Flags]
internal enum Acknowledgement
{
    None = 0,

    /// <summary>The device took it.</summary>
    Positive = 1,

    /// <summary>It expired, was delivered too often, was rejected or purged.</summary>
    Negative = 2,
    Full = Positive | Negative,
}
