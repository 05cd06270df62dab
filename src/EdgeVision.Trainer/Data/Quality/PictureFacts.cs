namespace EdgeVision.Trainer;

/// <summary>What is seen of a picture when it is read once.</summary>
/// <param name="Sha256">Of its stored bytes; empty where they could not be read.</param>
/// <param name="Look">Null where it was not decoded.</param>
/// <param name="IsGrey">Without colour, whatever its format.</param>
/// <param name="Problem">Why it cannot be used; null when it can.</param>
internal sealed record PictureFacts(string Sha256, int Width, int Height, PictureLook? Look, bool IsGrey = false, FindingKind? Kind = null, string? Problem = null);
