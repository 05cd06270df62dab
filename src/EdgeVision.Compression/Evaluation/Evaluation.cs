namespace EdgeVision.Compression;

/// <summary>How good a model is on a data set.</summary>
/// <param name="Metric"><c>top1</c>, <c>ap50</c> (mean over the classes that have truth), <c>text</c> (whole strings right), or <c>agreement</c> (with another model, no truth needed).</param>
/// <param name="Value">0 to 1.</param>
/// <param name="Low">Lower end of the 95 % interval: Wilson's for shares, bootstrap over pictures for ap50 and agreement of boxes and pixels.</param>
/// <param name="High">Upper end.</param>
/// <param name="Count">Pictures that were looked at.</param>
/// <param name="LatencyMsP50">Median time of the network alone on one picture.</param>
/// <param name="Items">One for each picture, in the set's order.</param>
public sealed record Evaluation(string Metric, double Value, double Low, double High, int Count, double LatencyMsP50, IReadOnlyList<ItemOutcome> Items)
{
    /// <summary>Further figures by name, 0 to 1: <c>top5</c>, <c>characters</c>.</summary>
    public IReadOnlyDictionary<string, double> Further { get; init; } = new Dictionary<string, double>();

    /// <summary>ap50: of each class that has truth.</summary>
    public IReadOnlyList<ClassPrecision> Classes { get; init; } = [];

    /// <summary>Pictures that could not be read, with the reason; they count nowhere.</summary>
    public IReadOnlyList<string> Unreadable { get; init; } = [];

    public string DatasetDigest { get; init; } = "";
}
