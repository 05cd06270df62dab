namespace EdgeVision.Hub;

/// <summary>Keys of the property bag that the hub itself understands.</summary>
public static class SystemProperties
{
    public const string Prefix = "$.";
    public const string MessageId = "$.mid";
    public const string CorrelationId = "$.cid";
    public const string ContentType = "$.ct";
    public const string ContentEncoding = "$.ce";
    public const string CreationTime = "$.ctime";
    public const string Expiry = "$.exp";
    public const string To = "$.to";
}
