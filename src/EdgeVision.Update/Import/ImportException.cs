namespace EdgeVision.Update;

/// <summary>What was to be imported cannot be taken; the message names the file, what is wrong with it, and the way out. Nothing was offered to the daemon.</summary>
public sealed class ImportException(string message, Exception? inner = null) : Exception(message, inner);
