using System.Security.Cryptography;
using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Forwarding;

/// <summary>A destination as somebody asks for it, by command or REST.</summary>
/// <param name="Webhook">URL; null for none.</param>
/// <param name="Kafka">HOST:PORT, several with commas; null for none.</param>
/// <param name="Topic">Kafka's.</param>
/// <param name="File">See <see cref="DestinationSettings.File"/>.</param>
/// <param name="SkipRefused">See <see cref="DestinationSettings.SkipRefused"/>.</param>
internal sealed record DestinationRequest(string? Webhook, string? Kafka, string? Topic, string? File, bool SkipRefused)
{
    /// <returns>What is wrong, as a sentence; null when nothing is.</returns>
    public string? Violation() => (Webhook, Kafka, Topic) switch
    {
        ({ } url, null, null) => IsSafe(url) ? null : $"'{url}' is no https:// URL (http:// only to this machine): telemetry goes over no open line.",
        (null, { Length: > 0 }, { Length: > 0 and <= 249 } topic) when topic.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-') => null,
        (null, { }, null or "") => "Kafka needs a topic.",
        (null, { }, _) => "A topic is 1 to 249 of A-Z a-z 0-9 . _ -",
        _ => "Name either a webhook (its URL) or Kafka (HOST:PORT and a topic).",
    };

    /// <summary>With a fresh secret where one is needed.</summary>
    public DestinationSettings ToSettings() => Webhook is { } url
        ? new(DestinationSettings.Webhook, url, "", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)), File ?? "", SkipRefused)
        : new(DestinationSettings.Kafka, Kafka!, Topic!, "", File ?? "", SkipRefused);

    private static bool IsSafe(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));
}
