namespace EdgeVision.Compression;

/// <summary>One measurement of an <see cref="AccuracyLoop"/>.</summary>
/// <param name="Why">What the search wanted to know, as a sentence for the report.</param>
/// <param name="FloatNodes">Nodes that stayed in floats, in the order of suspicion.</param>
/// <param name="Drop">Points lost against the float network; less than 0 where it got better, NaN where the metric had no answer.</param>
/// <param name="Holds">Whether that is within the limit.</param>
public sealed record AccuracyStep(string Why, IReadOnlyList<string> FloatNodes, double Drop, bool Holds);
