namespace EdgeVision.Imaging;

/// <summary>A picture that cannot be used; the message names it and says why.</summary>
public sealed class ImageException(string message, Exception? inner = null) : Exception(message, inner);
