using EdgeVision.Imaging;

namespace EdgeVision.Compression;

/// <summary>How the bytes of a picture are had, and how they become a picture.</summary>
/// <param name="IsEncoded">A picture file and not bare pixels.</param>
internal sealed record StoredPicture(bool IsEncoded, Func<ReadOnlyMemory<byte>> Read, Func<ReadOnlyMemory<byte>, Frame> Decode);
