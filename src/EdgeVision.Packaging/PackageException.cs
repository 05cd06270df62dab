namespace EdgeVision.Packaging;

/// <summary>A manifest or package that cannot be used; the message names the file, the field and the way out.</summary>
public sealed class PackageException(string message, Exception? inner = null) : Exception(message, inner);
