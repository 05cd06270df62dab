using System.Globalization;
using System.Text;

namespace EdgeVision.Packaging;

/// <summary>Where the walker stands, in words: <c>graph.node[17].attribute[2].g.initializer[0]</c>.</summary>
/// <remarks>Places are counted only when something is wrong, by reading the messages around it once more: the walk itself counts nothing.</remarks>
internal static class OnnxPlace
{
    public static string Of(ReadOnlySpan<byte> file, ReadOnlySpan<OnnxLevel> levels)
    {
        var place = new StringBuilder();
        for (var i = 1; i < levels.Length; i++)
        {
            var part = OnnxSchema.Find(levels[i - 1].Message, levels[i].Field);
            place.Append(place.Length == 0 ? "" : ".").Append(part.Name);
            if (part.IsRepeated)
            {
                place.Append(CultureInfo.InvariantCulture, $"[{CountBefore(file, levels[i - 1].Start, levels[i])}]");
            }
        }

        return place.ToString();
    }

    private static int CountBefore(ReadOnlySpan<byte> file, int start, OnnxLevel level)
    {
        var count = 0;
        while (start < level.Tag && OnnxField.TryRead(file, ref start, level.Tag, out var field))
        {
            count += field.Number == level.Field && field.IsBytes ? 1 : 0;
        }

        return count;
    }
}
