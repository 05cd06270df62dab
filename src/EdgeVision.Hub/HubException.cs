namespace EdgeVision.Hub;

/// <summary>The hub cannot be used as configured, or said no; the message names what and the way out.</summary>
public sealed class HubException(string message, Exception? inner = null) : Exception(message, inner);
