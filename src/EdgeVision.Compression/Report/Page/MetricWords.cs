namespace EdgeVision.Compression;

/// <summary>A metric as people say it.</summary>
internal static class MetricWords
{
    public static string Of(string metric) => metric switch
    {
        "top1" => "top-1 accuracy",
        "ap50" => "average precision (AP50)",
        "text" => "texts read wholly right",
        "agreement" => "agreement with the float network",
        _ => PageText.Of(metric),
    };
}
