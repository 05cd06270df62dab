using System.Globalization;

namespace EdgeVision.Inference.Tests;

/// <summary>Tensors that other programs wrote out as text.</summary>
internal static class ReferenceNumbers
{
    /// <summary>All numbers of a file, separated by commas and lines.</summary>
    public static float[] Read(string path) =>
        [.. Lines(path).SelectMany(line => line.Split(',', StringSplitOptions.RemoveEmptyEntries)).Select(Parse)];

    /// <summary>The second column of a file "Index,Value".</summary>
    public static float[] ReadValues(string path) => [.. Lines(path).Skip(1).Select(line => Parse(line.Split(',')[1]))];

    private static IEnumerable<string> Lines(string path) =>
        File.ReadLines(TestData.Require(path)).Select(line => line.Trim()).Where(line => line.Length > 0);

    private static float Parse(string text) => float.Parse(text, CultureInfo.InvariantCulture);
}
