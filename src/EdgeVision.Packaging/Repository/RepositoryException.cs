namespace EdgeVision.Packaging.Repository;

/// <summary>A repository or a key that cannot be used, or an order that its rules forbid; the message names the thing, the rule and the way out.</summary>
public sealed class RepositoryException(string message, Exception? inner = null) : Exception(message, inner);
