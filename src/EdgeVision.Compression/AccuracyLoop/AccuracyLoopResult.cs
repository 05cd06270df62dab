namespace EdgeVision.Compression;

/// <summary>What an <see cref="AccuracyLoop"/> found.</summary>
/// <param name="Holds">Whether <paramref name="Drop"/> is within the limit. If not, the islands are those of the smallest drop that was measured.</param>
/// <param name="FloatIslands">Nodes that have to stay in floats, in the order of suspicion; empty = everything in 8 bits.</param>
/// <param name="Drop">Points lost with them.</param>
/// <param name="Evaluations">Networks that were quantised and measured.</param>
/// <param name="IsExhausted">The evaluations ran out before the search was through: fewer islands might do.</param>
/// <param name="Steps">Every measurement, in order.</param>
public sealed record AccuracyLoopResult(bool Holds, IReadOnlyList<string> FloatIslands, double Drop, int Evaluations, bool IsExhausted, IReadOnlyList<AccuracyStep> Steps);
