namespace EdgeVision.Compression;

/// <summary>A network, data set or wish that nothing can be made of. The message names the file, node or option, the rule, and the way out.</summary>
public sealed class CompressionException(string message, Exception? inner = null) : Exception(message, inner);
