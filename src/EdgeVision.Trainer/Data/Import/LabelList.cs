using System.Text;

namespace EdgeVision.Trainer;

/// <summary>A list <c>file,label</c> as RFC 4180 has it.</summary>
internal static class LabelList
{
    public static byte[] Write(IEnumerable<(string File, string Label)> rows) =>
        Encoding.UTF8.GetBytes(string.Concat(rows.Prepend(("file", "label")).Select(row => $"{Field(row.Item1)},{Field(row.Item2)}\n")));

    private static string Field(string text) => text.AsSpan().IndexOfAny(",\"\n\r") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
