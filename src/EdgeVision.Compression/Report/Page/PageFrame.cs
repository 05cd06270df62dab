namespace EdgeVision.Compression;

/// <summary>What every report's page begins and ends with: it needs nothing beside itself, no script, no font, no picture from elsewhere.</summary>
internal static class PageFrame
{
    /// <param name="title">Text; it is encoded.</param>
    /// <param name="sections">Markup, whose texts from outside are encoded already.</param>
    /// <param name="style">CSS of this kind of report alone.</param>
    public static string Of(string title, string sections, string style = "") => $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{PageText.Of(title)}</title>
        <style>
        {PageStyle.Css}
        {style}
        </style>
        </head>
        <body>
        <main>
        {sections}
        </main>
        </body>
        </html>

        """;
}
