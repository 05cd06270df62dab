namespace EdgeVision.Hub;

/// <summary>How an upload ended.</summary>
/// <param name="BlobName">What it is called in the store, with the device's name before it; empty when it did not get that far.</param>
/// <param name="Detail">What to do, for people, without secrets; empty when it succeeded.</param>
public sealed record UploadResult(UploadFailure Failure, string BlobName, string Detail)
{
    public bool Succeeded => Failure == UploadFailure.None;
}
