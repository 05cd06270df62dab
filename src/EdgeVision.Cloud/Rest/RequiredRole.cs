using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Rest;

/// <summary>Marks a route; one without a mark is for administrators.</summary>
internal sealed record RequiredRole(ServiceRole Role);
