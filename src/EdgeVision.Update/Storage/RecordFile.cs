using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace EdgeVision.Update;

/// <summary>How a record is written: JSON, then one line <c>sha256:</c> and 64 hex digits of all bytes before it.</summary>
/// <param name="Damage">Why there is no record, when the file is there.</param>
/// <param name="IsNewer">Whole, but of a schema that only a newer daemon knows.</param>
internal sealed record RecordFile(UpdateRecord? Record, string? Damage, bool IsNewer)
{
    private static readonly byte[] TrailerStart = "sha256:"u8.ToArray();

    public static byte[] Format(UpdateRecord record)
    {
        byte[] body = [.. JsonSerializer.SerializeToUtf8Bytes(record, UpdateRecordJson.Default.UpdateRecord), (byte)'\n'];
        return [.. body, .. Trailer(body)];
    }

    public static RecordFile Read(string path)
    {
        try
        {
            return !File.Exists(path) ? new RecordFile(null, null, false)
                : Body(path) is { } body ? Parse(path, body)
                : new RecordFile(null, $"{path}: not a whole record", false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or NotSupportedException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            return new RecordFile(null, $"{path}: {exception.Message}", false);
        }
    }

    /// <summary>The bytes before the trailer, if they are those that the trailer was made of.</summary>
    public static byte[]? Body(string path)
    {
        var bytes = new FileInfo(path).Length <= StateFile.MaxBytes ? File.ReadAllBytes(path) : [];
        var end = bytes.AsSpan().LastIndexOf(TrailerStart);
        return end >= 0 && bytes.AsSpan(end).SequenceEqual(Trailer(bytes.AsSpan(0, end))) ? bytes[..end] : null;
    }

    private static RecordFile Parse(string path, byte[] body)
    {
        using var document = JsonDocument.Parse(body);
        var schema = document.RootElement.GetProperty("schema").GetInt32();
        if (schema > UpdateRecord.CurrentSchema)
        {
            return new RecordFile(null, $"{path}: written by a newer daemon (schema {schema}, this one knows {UpdateRecord.CurrentSchema}); the factory model serves until a model is deployed again", true);
        }

        var record = document.RootElement.Deserialize(UpdateRecordJson.Default.UpdateRecord);
        return record?.IsSound() == true ? new RecordFile(record, null, false) : new RecordFile(null, $"{path}: not a sound record", false);
    }

    private static byte[] Trailer(ReadOnlySpan<byte> body) => [.. TrailerStart, .. Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(body))), (byte)'\n'];
}
