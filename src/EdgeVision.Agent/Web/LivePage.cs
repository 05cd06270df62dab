namespace EdgeVision.Agent;

/// <summary>The page itself: one file, no other request than the device's own.</summary>
internal static class LivePage
{
    public static string Html { get; } = Load();

    private static string Load()
    {
        using var stream = typeof(LivePage).Assembly.GetManifestResourceStream("EdgeVision.Agent.Web.page.html")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
