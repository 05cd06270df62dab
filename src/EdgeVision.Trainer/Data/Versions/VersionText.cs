using System.Globalization;
using System.Text;
using EdgeVision.Compression;

namespace EdgeVision.Trainer;

/// <summary>A version for people: what is in which split, and what is not in it and why.</summary>
internal static class VersionText
{
    private const int MaxListed = 20;

    public static string Of(DatasetVersion version)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{version.Name}: {version.Items.Count} pictures, seed {version.Seed}, {version.Digest}\n");
        text.Append(string.Join("", version.Sources.Select(source => $"  from {source.Path}{(source.Split is { } split ? $" ({split})" : "")}\n")));
        Table(text, version);
        text.Append(version.Accepted.Count == 0 ? "" : $"accepted: {string.Join(", ", version.Accepted)}\n");
        text.Append(CultureInfo.InvariantCulture, $"left out: {version.Excluded.Count}{(version.Excluded.Count == 0 ? "" : $" ({string.Join(", ", version.Excluded.GroupBy(each => each.Kind).Select(group => $"{FindingWords.Of(group.Key)} {group.Count()}"))})")}\n");
        text.Append(string.Join("", version.Excluded.Take(MaxListed).Select(each => $"  {each.Reason}\n")));
        return text.Append(version.Excluded.Count > MaxListed ? $"  and {version.Excluded.Count - MaxListed} more\n" : "").ToString();
    }

    private static void Table(StringBuilder text, DatasetVersion version)
    {
        var splits = Enum.GetValues<DataSplit>();
        var width = Math.Max(8, version.Classes.Select(name => name.Length).DefaultIfEmpty(0).Max());
        Row(text, width, version.Kind == DatasetKind.Boxes ? "boxes" : "", splits.Select(split => split.ToString()));
        for (var id = 0; id < version.Classes.Count; id++)
        {
            Row(text, width, version.Classes[id], splits.Select(split => Number(version.Of(split).Sum(item => item.Boxes?.Count(box => box.Class == id) ?? (item.Class == id ? 1 : 0)))));
        }

        Row(text, width, "pictures", splits.Select(split => Number(version.Of(split).Count())));
    }

    private static void Row(StringBuilder text, int width, string name, IEnumerable<string> values) =>
        text.Append("  ").Append(name.PadRight(width)).Append(string.Concat(values.Select(value => value.PadLeft(12)))).Append('\n');

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
