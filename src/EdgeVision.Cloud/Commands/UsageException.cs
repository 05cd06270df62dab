namespace EdgeVision.Cloud.Commands;

/// <summary>The command line says something that no command means.</summary>
internal sealed class UsageException(string message) : Exception(message);
