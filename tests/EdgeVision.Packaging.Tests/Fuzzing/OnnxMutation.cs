namespace EdgeVision.Packaging.Tests;

/// <summary>Changes one field somewhere in the tree of an ONNX file and writes the lengths of all messages around it anew, so that the change is met deep inside instead of at the first length.</summary>
internal static class OnnxMutation
{
    public static byte[] Apply(ReadOnlySpan<byte> message, OnnxMessage kind, FuzzBytes fuzz)
    {
        var fields = FieldsOf(message);
        if (fields.Count == 0)
        {
            return [.. message, .. fuzz.PickNasty()];
        }

        var (start, field) = fields[fuzz.Next(fields.Count)];
        var part = field.IsBytes ? OnnxSchema.Find(kind, field.Number) : default;
        byte[] changed = part.Message != OnnxMessage.None && fuzz.Next(5) > 0
            ? Protobuf.Message(field.Number, Apply(message[field.Start..field.End], part.Message, fuzz))
            : Change(message[start..field.End], message[field.Start..field.End], field, fuzz);
        return [.. message[..start], .. changed, .. message[field.End..]];
    }

    private static byte[] Change(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> content, OnnxField field, FuzzBytes fuzz) => fuzz.Next(7) switch
    {
        0 => [],
        1 => [.. whole, .. whole],
        2 => Protobuf.Message(1 + fuzz.Next(26), content.ToArray()),
        3 => Protobuf.Message(field.Number, fuzz.PickNasty()),
        4 => Protobuf.Varint(field.Number, (long)(field.Value + ulong.MaxValue / 3 * (ulong)fuzz.Next(4))),
        5 => Protobuf.Varint(1 + fuzz.Next(26), 1L << fuzz.Next(64)),
        _ => [.. whole, .. fuzz.PickNasty()],
    };

    private static List<(int Start, OnnxField Field)> FieldsOf(ReadOnlySpan<byte> message)
    {
        var fields = new List<(int, OnnxField)>();
        var position = 0;
        for (var start = 0; position < message.Length && OnnxField.TryRead(message, ref position, message.Length, out var field); start = position)
        {
            fields.Add((start, field));
        }

        return fields;
    }
}
