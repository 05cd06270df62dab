using System.Text.RegularExpressions;
using EdgeVision.Capture;

namespace EdgeVision.Agent;

/// <summary>Takes out of a text whatever opens a door: credentials in URLs, keys of hubs and blobs, passwords, bearer words.</summary>
/// <remarks>Example: "SharedAccessKey=abc; rtsp://admin:pw@10.0.0.5/?token=x" becomes "SharedAccessKey=***; rtsp://***@10.0.0.5/?token=***".</remarks>
internal static partial class LogSecrets
{
    public static string Remove(string text) => Named().Replace(UrlSecrets.Remove(text, ""), "***");

    [GeneratedRegex("""(?<=\b(?:SharedAccessKey|SharedAccessSignature|AccountKey|sig|password|passwd|pwd|secret|token)["']?\s*[=:]\s*["']?|\bBearer\s+|\bSharedAccessSignature\s+)[^\s;&,"']+""", RegexOptions.IgnoreCase)]
    private static partial Regex Named();
}
