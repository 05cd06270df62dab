using System.Buffers;
using System.Text.Json;
using EdgeVision.Packaging;

namespace EdgeVision.Update;

/// <summary>The limits of a desired <c>modelUpdate</c>.</summary>
internal static class DeploymentRules
{
    private const int MaxIdLength = 128, MaxModelLength = 64, MaxSourceLength = 1024;
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");
    private static readonly SearchValues<char> VersionLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._+-");
    private static readonly SearchValues<char> NameLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-");

    /// <summary>The first thing wrong, or null.</summary>
    public static string? Check(JsonElement update)
    {
        if (update.ValueKind != JsonValueKind.Object)
        {
            return $"modelUpdate: an object is expected, not {update.ValueKind}";
        }

        return Text(update, "action") != "apply" ? "modelUpdate.action: \"apply\" or \"cancel\" is expected"
            : IdProblem(update) is { } problem ? problem
            : !IsModel(Text(update, "model")) ? $"modelUpdate.model: 1 to {MaxModelLength} of a-z 0-9 . _ - are expected"
            : !IsVersion(Text(update, "version")) ? $"modelUpdate.version: 1 to {MaxModelLength} of A-Z a-z 0-9 . _ + - are expected"
            : !IsSha256(Text(update, "manifestSha256")) ? "modelUpdate.manifestSha256: 64 lower-case hex digits are expected"
            : !IsSize(update) ? $"modelUpdate.manifestSize: a whole number from 1 to {ManifestReader.MaxBytes} is expected"
            : Repository(Text(update, "source")) is null ? "modelUpdate.source: an absolute https:// address without user, query and fragment is expected"
            : null;
    }

    public static string? IdProblem(JsonElement update) =>
        IsId(Text(update, "deploymentId")) ? null : $"modelUpdate.deploymentId: 1 to {MaxIdLength} printable ASCII characters are expected";

    public static string? Text(JsonElement update, string name) =>
        update.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static bool IsSha256(string? text) => text is { Length: 64 } && !text.AsSpan().ContainsAnyExcept(HexDigits);

    /// <summary>With a slash at the end, so that addresses of objects can be appended.</summary>
    public static Uri? Repository(string? text)
    {
        var ok = text is { Length: > 0 and <= MaxSourceLength } && text.StartsWith("https://", StringComparison.Ordinal)
            && Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var uri)
            && uri is { UserInfo: "", Query: "", Fragment: "", Host: not "" };
        return ok ? new Uri(text!.EndsWith('/') ? text : text + "/") : null;
    }

    private static bool IsId(string? text) => text is { Length: > 0 and <= MaxIdLength } && !text.AsSpan().ContainsAnyExceptInRange(' ', '~');

    private static bool IsModel(string? text) =>
        text is { Length: > 0 and <= MaxModelLength } && !text.AsSpan().ContainsAnyExcept(NameLetters) && text.AsSpan().ContainsAnyExcept('.');

    private static bool IsVersion(string? text) =>
        text is { Length: > 0 and <= MaxModelLength } && !text.AsSpan().ContainsAnyExcept(VersionLetters) && text.AsSpan().ContainsAnyExcept('.');

    private static bool IsSize(JsonElement update) =>
        update.TryGetProperty("manifestSize", out var size) && size.ValueKind == JsonValueKind.Number
        && size.TryGetInt64(out var bytes) && bytes is > 0 and <= ManifestReader.MaxBytes;
}
