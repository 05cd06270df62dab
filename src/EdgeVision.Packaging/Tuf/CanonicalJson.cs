using System.Buffers;
using System.Text;
using System.Text.Json;

namespace EdgeVision.Packaging.Tuf;

/// <summary>The one form of a JSON value that signatures and key ids are made over (OLPC canonical JSON).</summary>
/// <remarks>
/// No white space, keys in the order of their code points, in strings only <c>"</c> and <c>\</c> escaped, whole numbers only.
/// Example: <c>{"b": "é", "a": [1, true]}</c> gives <c>{"a":[1,true],"b":"é"}</c> as UTF-8. Any thread.
/// </remarks>
public static class CanonicalJson
{
    /// <exception cref="TufException">Format: a number that is not whole, or text that is not Unicode.</exception>
    public static byte[] Encode(JsonElement value)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        try
        {
            Write(output, value);
        }
        catch (InvalidOperationException exception)
        {
            throw new TufException(TufFailure.Format, "a text of the metadata is not valid Unicode. Sign the file anew with a tool that writes UTF-8.", exception);
        }

        return output.WrittenSpan.ToArray();
    }

    private static void Write(ArrayBufferWriter<byte> output, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(output, value);
                break;
            case JsonValueKind.Array:
                WriteArray(output, value);
                break;
            case JsonValueKind.String:
                WriteString(output, Encoding.UTF8.GetBytes(value.GetString()!));
                break;
            case JsonValueKind.Number:
                WriteNumber(output, value.GetRawText());
                break;
            default:
                output.Write(Encoding.ASCII.GetBytes(value.GetRawText())); // true, false, null
                break;
        }
    }

    // UTF-8 sorts as code points do; UTF-16 would not, beyond the basic plane.
    private static void WriteObject(ArrayBufferWriter<byte> output, JsonElement value)
    {
        var members = value.EnumerateObject().Select(member => (Name: Encoding.UTF8.GetBytes(member.Name), member.Value)).ToArray();
        Array.Sort(members, (left, right) => left.Name.AsSpan().SequenceCompareTo(right.Name));
        var separator = "{"u8;
        foreach (var (name, member) in members)
        {
            output.Write(separator);
            WriteString(output, name);
            output.Write(":"u8);
            Write(output, member);
            separator = ","u8;
        }

        output.Write(members.Length == 0 ? "{}"u8 : "}"u8);
    }

    private static void WriteArray(ArrayBufferWriter<byte> output, JsonElement value)
    {
        var separator = "["u8;
        foreach (var item in value.EnumerateArray())
        {
            output.Write(separator);
            Write(output, item);
            separator = ","u8;
        }

        output.Write(value.GetArrayLength() == 0 ? "[]"u8 : "]"u8);
    }

    private static void WriteString(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> utf8)
    {
        output.Write("\""u8);
        for (int special; (special = utf8.IndexOfAny((byte)'"', (byte)'\\')) >= 0; utf8 = utf8[(special + 1)..])
        {
            output.Write(utf8[..special]);
            output.Write("\\"u8);
            output.Write(utf8.Slice(special, 1));
        }

        output.Write(utf8);
        output.Write("\""u8);
    }

    private static void WriteNumber(ArrayBufferWriter<byte> output, string text)
    {
        if (text.AsSpan().ContainsAny('.', 'e', 'E'))
        {
            throw new TufException(TufFailure.Format, $"the number {text} is not whole, and canonical JSON knows no other. Write it as a whole number or as text.");
        }

        output.Write(Encoding.ASCII.GetBytes(text == "-0" ? "0" : text));
    }
}
