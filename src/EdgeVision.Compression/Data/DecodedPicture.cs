using EdgeVision.Imaging;

namespace EdgeVision.Compression;

/// <param name="Frame">Null where it could not be read; whoever takes it disposes.</param>
/// <param name="Failure">Why not.</param>
public sealed record DecodedPicture(DatasetItem Item, Frame? Frame, string? Failure);
