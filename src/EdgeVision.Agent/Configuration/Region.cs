using EdgeVision.Imaging;

namespace EdgeVision.Agent;

/// <summary>A named area of a camera's picture: what stands in it is counted by itself.</summary>
internal sealed record Region(string Id, Polygon Area);
