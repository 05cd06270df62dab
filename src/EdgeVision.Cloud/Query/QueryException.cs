namespace EdgeVision.Cloud.Query;

/// <summary>The query cannot be understood; the message says what stands where (positions count from 1).</summary>
internal sealed class QueryException(int position, string message) : Exception($"At position {position}: {message}");
