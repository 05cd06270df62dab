namespace EdgeVision.Packaging.Tuf;

/// <summary>The freeze check: metadata past its date is not believed, because somebody may be holding back what is newer.</summary>
internal static class Freshness
{
    public static void Require(TufMetadata metadata, string name, DateTimeOffset start)
    {
        if (metadata.Expires <= start)
        {
            throw new TufException(
                TufFailure.Expired,
                $"{name}: expired at {MetadataField.Write(metadata.Expires)}, and it is {MetadataField.Write(start)}. Have the repository renewed; if that time is wrong, set the clock.");
        }
    }
}
