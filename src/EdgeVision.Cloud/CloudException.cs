namespace EdgeVision.Cloud;

/// <summary>The hub or a command cannot go on; the message names what and the way out.</summary>
public sealed class CloudException(string message, Exception? inner = null) : Exception(message, inner);
