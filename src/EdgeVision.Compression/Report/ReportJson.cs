using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeVision.Compression;

/// <summary>A report to the bytes of <c>report.json</c>: the same report always gives the same bytes.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(CompressionReport))]
public sealed partial class ReportJson : JsonSerializerContext
{
    public static byte[] Write(CompressionReport report)
    {
        var readable = new ReportJson(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        return [.. JsonSerializer.SerializeToUtf8Bytes(report, readable.CompressionReport), (byte)'\n'];
    }
}
