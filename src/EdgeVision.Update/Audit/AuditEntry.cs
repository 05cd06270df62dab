using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace EdgeVision.Update;

/// <summary>One line of the audit log, and the chain it hangs in.</summary>
/// <param name="Seq">From 1, without gaps.</param>
/// <param name="Utc">By the clock on the wall, right or wrong.</param>
/// <param name="Mono">Milliseconds of the monotonic clock: tells how far apart two entries of one boot are, whatever the clock on the wall did.</param>
/// <param name="Digest">Of the package it is about, <c>sha256:</c> and hex; empty where there is none.</param>
/// <param name="Code">Number of the <see cref="UpdateCode"/>.</param>
/// <param name="Prev">SHA-256 of the line before without its line feed, 64 hex digits; zeros in the first.</param>
internal sealed record AuditEntry(long Seq, DateTimeOffset Utc, long Mono, string Event, string DeploymentId, string Digest, int Code, string Prev)
{
    public const int MaxLineBytes = 4096;

    public static readonly string NoLineBefore = new('0', 64);

    /// <summary>Without the line feed.</summary>
    public byte[] ToLine()
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteNumber("seq"u8, Seq);
        json.WriteString("utc"u8, Utc.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        json.WriteNumber("mono"u8, Mono);
        json.WriteString("event"u8, Event);
        json.WriteString("deploymentId"u8, DeploymentId);
        json.WriteString("digest"u8, Digest);
        json.WriteNumber("code"u8, Code);
        json.WriteString("prev"u8, Prev);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <returns>Null for anything that is not such a line.</returns>
    public static AuditEntry? TryParse(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 2 });
            var json = document.RootElement;
            return new AuditEntry(
                json.GetProperty("seq"u8).GetInt64(), json.GetProperty("utc"u8).GetDateTimeOffset(), json.GetProperty("mono"u8).GetInt64(), json.GetProperty("event"u8).GetString()!,
                json.GetProperty("deploymentId"u8).GetString()!, json.GetProperty("digest"u8).GetString()!, json.GetProperty("code"u8).GetInt32(), json.GetProperty("prev"u8).GetString()!);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    public static string DigestOf(ReadOnlySpan<byte> line) => Convert.ToHexStringLower(SHA256.HashData(line));
}
