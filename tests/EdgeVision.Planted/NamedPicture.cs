namespace EdgeVision.Planted;

/// <summary>A picture file with its true class, or -1 where none is known.</summary>
public sealed record NamedPicture(string Name, byte[] Encoded, int TrueClass = -1);
