namespace EdgeVision.Trainer.Report;

/// <summary>An objective's metric as people say it.</summary>
internal static class MetricNames
{
    public static string Of(string metric) => metric switch
    {
        "accuracy" => "accuracy",
        "map50" => "mean average precision",
        "miou" => "mean intersection over union",
        _ => metric,
    };

    /// <summary>At the beginning of a line.</summary>
    public static string Capital(string metric) => char.ToUpperInvariant(Of(metric)[0]) + Of(metric)[1..];
}
