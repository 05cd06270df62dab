using System.Globalization;

namespace EdgeVision.Cloud.Storage;

/// <summary>The version of something as HTTP compares it: a number between quotation marks.</summary>
internal static class ETag
{
    public static string Of(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <param name="ifMatch">As in If-Match, with or without quotation marks; null and * match everything.</param>
    public static bool Matches(string? ifMatch, long version) => ifMatch?.Trim('"') is null or "*" || ifMatch.Trim('"') == Of(version).Trim('"');
}
