namespace EdgeVision.Compression;

/// <summary>The files of a report.</summary>
public static class ReportFiles
{
    public const string Folder = "report";
    public const string Json = "report.json";
    public const string Page = "report.html";
}
