namespace EdgeVision.Hub;

/// <summary>The outbox's file cannot be used as it is; the message names it and the way out.</summary>
internal sealed class OutboxException(string message, Exception? inner = null) : Exception(message, inner);
