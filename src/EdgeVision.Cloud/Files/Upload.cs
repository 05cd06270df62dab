namespace EdgeVision.Cloud.Files;

/// <summary>A file on its way.</summary>
/// <param name="CorrelationId">Names it between its start and its end.</param>
/// <param name="DeviceId">Whose.</param>
/// <param name="BlobName">With the device in front: <c>cam-1/a.jpg</c>.</param>
internal sealed record Upload(string CorrelationId, string DeviceId, string BlobName);
