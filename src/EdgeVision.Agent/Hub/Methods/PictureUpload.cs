namespace EdgeVision.Agent;

/// <summary>What became of a file on its way to the cloud.</summary>
/// <param name="BlobName">Where it lies; null when it does not.</param>
/// <param name="Problem">Why, and what to do; null when it lies there.</param>
internal sealed record PictureUpload(string? BlobName, string? Problem);
