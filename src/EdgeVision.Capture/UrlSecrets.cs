using System.Text.RegularExpressions;

namespace EdgeVision.Capture;

/// <summary>Takes user names, passwords and tokens out of text that people will see.</summary>
/// <remarks>rtsp://admin:p%40ss@10.0.0.5/live?token=abc becomes rtsp://***@10.0.0.5/live?token=***. The literal words of the known URL go too, decoded as well.</remarks>
public static partial class UrlSecrets
{
    private const string Hidden = "***";

    /// <param name="text">Any text, for example a line of the decoder's log.</param>
    /// <param name="url">The URL whose secrets must not show anywhere in it.</param>
    public static string Remove(string text, string url)
    {
        foreach (var secret in SecretsOf(url))
        {
            text = text.Replace(secret, Hidden, StringComparison.Ordinal);
        }

        text = UserInfo().Replace(text, Hidden);
        return Query().Replace(text, Hidden);
    }

    /// <summary>Longest first, so that no rest of a longer one stays.</summary>
    private static IEnumerable<string> SecretsOf(string url)
    {
        var secrets = new List<string>();
        foreach (Match match in UserInfo().Matches(url))
        {
            var password = match.Value[(match.Value.IndexOf(':', StringComparison.Ordinal) + 1)..];
            secrets.AddRange([match.Value, Uri.UnescapeDataString(match.Value), password, Uri.UnescapeDataString(password)]);
        }

        foreach (Match match in Query().Matches(url))
        {
            secrets.AddRange([match.Value, Uri.UnescapeDataString(match.Value)]);
        }

        // a password of one or two letters would blot out half of every message
        return secrets.Where(secret => secret.Length > 2).Distinct().OrderByDescending(secret => secret.Length);
    }

    [GeneratedRegex(@"(?<=://)[^/?#\s]+(?=@)")]
    private static partial Regex UserInfo();

    [GeneratedRegex("""(?<=[?&;](?:token|access_token|password|passwd|pass|pwd|user|username|usr|key|api_?key|secret|auth|sig|signature)=)[^&;#\s"']+""", RegexOptions.IgnoreCase)]
    private static partial Regex Query();
}
