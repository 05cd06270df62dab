using System.Text.Json;

namespace EdgeVision.Trainer;

/// <summary>Findings as they are written on the command line: one-class, near-duplicate.</summary>
internal static class FindingWords
{
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<FindingKind>().Select(Of)];

    public static string Of(FindingKind kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());

    public static FindingKind? Parse(string word) => Enum.GetValues<FindingKind>().Cast<FindingKind?>().FirstOrDefault(kind => Of(kind!.Value) == word);
}
