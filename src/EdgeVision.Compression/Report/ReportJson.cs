using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace EdgeVision.Compression;

/// <summary>A report to the bytes of <c>report.json</c>: the same report always gives the same bytes.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(CompressionReport))]
[JsonSerializable(typeof(CompressionSummary))]
public sealed partial class ReportJson : JsonSerializerContext
{
    public static byte[] Write(CompressionReport report) => Write(report, context => context.CompressionReport);

    public static byte[] Write(CompressionSummary summary) => Write(summary, context => context.CompressionSummary);

    private static byte[] Write<T>(T value, Func<ReportJson, JsonTypeInfo<T>> kind)
    {
        var readable = new ReportJson(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        return [.. JsonSerializer.SerializeToUtf8Bytes(value, kind(readable)), (byte)'\n'];
    }
}
