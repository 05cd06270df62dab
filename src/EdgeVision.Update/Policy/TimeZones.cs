using System.Buffers;

namespace EdgeVision.Update;

/// <summary>Time zones by their IANA name, from the device's own time zone files.</summary>
public static class TimeZones
{
    /// <summary>In a deployment: the zone that the site's configuration names.</summary>
    public const string Site = "site";

    private const int MaxLength = 64;
    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/");

    /// <summary>Only letters that names have, because a name becomes a path.</summary>
    public static bool IsName(string text) => text.Length is > 0 and <= MaxLength && text[0] != '/' && !text.AsSpan().ContainsAnyExcept(Letters);

    /// <param name="problem">Says what to do; null when the zone was found.</param>
    public static TimeZoneInfo? Find(string name, out string? problem)
    {
        problem = null;
        if (IsName(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
        {
            return zone;
        }

        problem = $"the time zone '{(IsName(name) ? name : "?")}' is not known on this device: give an IANA name such as Europe/Berlin, and see that the time zone files are installed (package tzdata)";
        return null;
    }
}
