namespace EdgeVision.Agent;

/// <summary>The configuration cannot be used; the message has one line for each fault: file, line, key, the way out.</summary>
internal sealed class ConfigurationException(string message) : Exception(message);
