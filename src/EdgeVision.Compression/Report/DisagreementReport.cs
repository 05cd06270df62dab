using System.Text.Json.Serialization;

namespace EdgeVision.Compression;

/// <summary>One picture, seen by both networks.</summary>
/// <param name="Picture">The item's name in the data set.</param>
/// <param name="Difference">How the answers differ, in words.</param>
/// <param name="Before">What the float network says, one line for each answer.</param>
/// <param name="After">What the small one says.</param>
public sealed record DisagreementReport(string Picture, string Difference, IReadOnlyList<string> Before, IReadOnlyList<string> After)
{
    /// <summary>JPEG with the float network's answers drawn in; only on the page.</summary>
    [JsonIgnore]
    public ReadOnlyMemory<byte> BeforeJpeg { get; init; }

    [JsonIgnore]
    public ReadOnlyMemory<byte> AfterJpeg { get; init; }
}
