using System.Globalization;
using EdgeVision.Imaging;

namespace EdgeVision.Compression;

/// <summary>One label file of YOLO's: <c>class cx cy w h</c> a line, maybe with key points (x, y, visible) behind it.</summary>
internal static class YoloLabels
{
    private static readonly char[] _blanks = [' ', '\t'];

    public static IReadOnlyList<TrueBox> Read(string file, IReadOnlyList<string>? names, ClassLookup lookup)
    {
        var boxes = new List<TrueBox>();
        var number = 0;
        foreach (var line in File.ReadLines(file))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line) && Box(line, $"{file}:{number}", names, lookup) is { ClassId: >= 0 } box)
            {
                boxes.Add(box);
            }
        }

        return boxes;
    }

    private static TrueBox Box(string line, string where, IReadOnlyList<string>? names, ClassLookup lookup)
    {
        var fields = line.Split(_blanks, StringSplitOptions.RemoveEmptyEntries);
        if (!int.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out var classId))
        {
            throw new CompressionException($"{where}: '{fields[0]}' is not a class's number. A line is: class cx cy w h, in shares of the picture.");
        }

        var values = fields.Skip(1).Select(field => float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && float.IsFinite(value) ? value
            : throw new CompressionException($"{where}: '{field}' is not a number.")).ToArray();
        if (values.Length != 4 && !IsKeyPoints(values))
        {
            throw new CompressionException($"{where}: {values.Length} numbers follow the class; a box has 4 (cx cy w h), and polygons are not read: make boxes of them.");
        }

        if (names is not null && classId >= names.Count)
        {
            throw new CompressionException($"{where}: class {classId}, but only {names.Count} class names are given.");
        }

        return new TrueBox(names is null ? lookup.OfIndex(classId) : lookup.OfName(names[classId]), BoundingBox.FromCentre(values[0], values[1], values[2], values[3]));
    }

    private static bool IsKeyPoints(float[] values) => values.Length > 4 && (values.Length - 4) % 3 == 0 && values.Skip(4).Where((_, i) => i % 3 == 2).All(visible => visible is 0 or 1 or 2);
}
