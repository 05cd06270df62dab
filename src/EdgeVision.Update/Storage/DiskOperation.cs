namespace EdgeVision.Update;

/// <summary>One thing done to the disk, in the order in which it was done.</summary>
/// <param name="Path">What it is done to.</param>
/// <param name="Target">New name of a rename.</param>
/// <param name="Offset">Of written bytes; the new length of a truncation.</param>
internal sealed record DiskOperation(DiskOperationKind Kind, string Path, string Target = "", long Offset = 0, ReadOnlyMemory<byte> Bytes = default);
