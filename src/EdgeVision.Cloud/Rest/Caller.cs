using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Rest;

/// <summary>Who asks, as the audit trail names him, and what he may do.</summary>
internal sealed record Caller(string Name, ServiceRole Role);
