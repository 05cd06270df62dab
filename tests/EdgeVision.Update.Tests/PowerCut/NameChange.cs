namespace EdgeVision.Update.Tests;

/// <summary>A name that comes (with its node) or goes (null).</summary>
internal sealed record NameChange(string Name, DiskNode? Node);
