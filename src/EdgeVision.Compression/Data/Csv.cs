using System.Text;

namespace EdgeVision.Compression;

/// <summary>Comma-separated values as RFC 4180 has them: fields in quotes may hold commas, line breaks and doubled quotes. UTF-8, with or without its mark.</summary>
internal static class Csv
{
    /// <exception cref="CompressionException">Not UTF-8, or a quote that is not closed.</exception>
    public static IEnumerable<CsvRow> Read(ReadOnlySpan<byte> bytes, string name)
    {
        if (bytes.StartsWith("\uFEFF"u8))
        {
            bytes = bytes[3..];
        }

        try
        {
            return Rows(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes), name);
        }
        catch (DecoderFallbackException exception)
        {
            throw new CompressionException($"{name} is not UTF-8: save it as such.", exception);
        }
    }

    private static IEnumerable<CsvRow> Rows(string text, string name)
    {
        var (at, line) = (0, 1);
        while (at < text.Length)
        {
            var (fields, first) = (new List<string>(), line);
            do
            {
                fields.Add(Field(text, ref at, ref line, name));
            }
            while (at < text.Length && text[at++] == ',');

            line++;
            if (fields is not [""])
            {
                yield return new CsvRow(first, fields);
            }
        }
    }

    /// <summary>One field; stands on the comma or line feed behind it afterwards.</summary>
    private static string Field(string text, ref int at, ref int line, string name)
    {
        if (at < text.Length && text[at] == '"')
        {
            return Quoted(text, ref at, ref line, name);
        }

        var start = at;
        while (at < text.Length && text[at] is not (',' or '\n'))
        {
            at++;
        }

        return text[start..at].TrimEnd('\r');
    }

    private static string Quoted(string text, ref int at, ref int line, string name)
    {
        var (field, opened) = (new StringBuilder(), line);
        for (at++; at < text.Length; at++)
        {
            if (text[at] != '"')
            {
                line += text[at] == '\n' ? 1 : 0;
                field.Append(text[at]);
            }
            else if (at + 1 < text.Length && text[at + 1] == '"')
            {
                field.Append(text[++at]);
            }
            else
            {
                at++;
                SkipReturn(text, ref at, name, line);
                return field.ToString();
            }
        }

        throw new CompressionException($"{name}:{opened}: a quote is opened and never closed.");
    }

    private static void SkipReturn(string text, ref int at, string name, int line)
    {
        at += at < text.Length && text[at] == '\r' ? 1 : 0;
        if (at < text.Length && text[at] is not (',' or '\n'))
        {
            throw new CompressionException($"{name}:{line}: text follows a closing quote; a quote within a field is written twice.");
        }
    }
}
