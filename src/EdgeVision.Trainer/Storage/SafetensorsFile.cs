using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;

namespace EdgeVision.Trainer.Storage;

/// <summary>Tensors by name in Hugging Face's safetensors form: a length, a JSON header, then bytes; no code, so that a file from elsewhere can do nothing.</summary>
/// <remarks>Written atomically and with names in order: the same tensors give the same bytes. Read whole; a header beyond 16 MiB, or places that overlap, leave gaps or lie outside, are refused.</remarks>
internal static class SafetensorsFile
{
    private const int LengthBytes = 8, MaxHeader = 16 << 20;
    private const string MetadataKey = "__metadata__";

    public static void Write(string path, IReadOnlyDictionary<string, TensorSource> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var sorted = tensors.OrderBy(tensor => tensor.Key, StringComparer.Ordinal).ToArray();
        var header = Header(sorted, metadata);
        AtomicFile.Write(path, file =>
        {
            var length = new byte[LengthBytes];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            file.Write(length);
            file.Write(header);
            Array.ForEach(sorted, tensor => file.Write(tensor.Value.Read()));
        });
    }

    /// <exception cref="TrainerException">It is not there, or is no sound safetensors file.</exception>
    public static (Dictionary<string, StoredTensor> Tensors, Dictionary<string, string> Metadata) Read(string path)
    {
        try
        {
            return Parse(File.ReadAllBytes(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TrainerException($"{path} cannot be read: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is InvalidDataException or JsonException or InvalidOperationException or KeyNotFoundException or FormatException or OverflowException)
        {
            throw new TrainerException($"{path} is not a sound safetensors file: {exception.Message} Take the file of another run, or train again.", exception);
        }
    }

    private static (Dictionary<string, StoredTensor> Tensors, Dictionary<string, string> Metadata) Parse(byte[] bytes)
    {
        var length = bytes.Length >= LengthBytes ? BinaryPrimitives.ReadInt64LittleEndian(bytes) : -1;
        if (length is < 2 or > MaxHeader || length > bytes.Length - LengthBytes)
        {
            throw new InvalidDataException("it begins otherwise, or is cut short.");
        }

        using var header = JsonDocument.Parse(bytes.AsMemory(LengthBytes, (int)length));
        var body = bytes.AsMemory(LengthBytes + (int)length);
        var (tensors, metadata) = (new Dictionary<string, StoredTensor>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal));
        var end = 0L;
        foreach (var entry in header.RootElement.EnumerateObject().Where(entry => entry.Name != MetadataKey).OrderBy(entry => entry.Value.GetProperty("data_offsets")[0].GetInt64()))
        {
            var tensor = Tensor(entry.Value, body, end);
            end += tensor.Data.Length;
            tensors.Add(entry.Name, tensor);
        }

        if (header.RootElement.TryGetProperty(MetadataKey, out var notes))
        {
            metadata = notes.EnumerateObject().ToDictionary(note => note.Name, note => note.Value.GetString()!, StringComparer.Ordinal);
        }

        return end == body.Length ? (tensors, metadata) : throw new InvalidDataException($"{body.Length} bytes of tensors follow the header, which names {end}.");
    }

    private static StoredTensor Tensor(JsonElement entry, ReadOnlyMemory<byte> body, long start)
    {
        var type = entry.GetProperty("dtype").GetString()!;
        long[] shape = [.. entry.GetProperty("shape").EnumerateArray().Select(length => length.GetInt64())];
        var (first, last) = (entry.GetProperty("data_offsets")[0].GetInt64(), entry.GetProperty("data_offsets")[1].GetInt64());
        var needed = shape.Aggregate((long)SizeOf(type), (product, length) => length >= 0 ? checked(product * length) : throw new InvalidDataException("a length is below 0."));
        return first == start && last - first == needed && last <= body.Length
            ? new StoredTensor(type, shape, body.Slice((int)first, (int)needed).ToArray())
            : throw new InvalidDataException($"a tensor of {needed} bytes is said to lie from {first} to {last}.");
    }

    private static int SizeOf(string type) => type switch
    {
        "F32" or "I32" => 4,
        "F64" or "I64" => 8,
        "F16" or "BF16" => 2,
        "U8" or "I8" or "BOOL" => 1,
        _ => throw new InvalidDataException($"'{type}' is not a type that is known."),
    };

    private static byte[] Header(KeyValuePair<string, TensorSource>[] tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject(MetadataKey);
            foreach (var (key, value) in metadata.OrderBy(note => note.Key, StringComparer.Ordinal))
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
            var start = 0L;
            foreach (var (name, tensor) in tensors)
            {
                WriteEntry(json, name, tensor, start);
                start += tensor.Length;
            }

            json.WriteEndObject();
        }

        // Blanks, so that the tensors begin at a multiple of 8.
        return [.. buffer.WrittenSpan, .. Enumerable.Repeat((byte)' ', (8 - buffer.WrittenCount % 8) % 8)];
    }

    private static void WriteEntry(Utf8JsonWriter json, string name, TensorSource tensor, long start)
    {
        json.WriteStartObject(name);
        json.WriteString("dtype", tensor.Type);
        json.WriteStartArray("shape");
        Array.ForEach(tensor.Shape, json.WriteNumberValue);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(start);
        json.WriteNumberValue(start + tensor.Length);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
