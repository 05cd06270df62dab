using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeVision.Compression;

namespace EdgeVision.Trainer;

/// <summary>A version to bytes and back: the same version always gives the same bytes.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true, NewLine = "\n", RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(DatasetVersion))]
internal sealed partial class VersionJson : JsonSerializerContext
{
    public static byte[] Write(DatasetVersion version)
    {
        // Names of files and classes stand there as they are.
        var readable = new VersionJson(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        return [.. JsonSerializer.SerializeToUtf8Bytes(version, readable.DatasetVersion), (byte)'\n'];
    }

    /// <exception cref="TrainerException">No version, or one that was changed.</exception>
    public static DatasetVersion Read(string path)
    {
        try
        {
            return (JsonSerializer.Deserialize(LimitedFile.Read(path), Default.DatasetVersion) ?? throw new JsonException("It is null.")).Verified(path);
        }
        catch (JsonException exception)
        {
            throw new TrainerException($"{path} is no frozen data set: {exception.Message} Make one with: edgevision-trainer data freeze --data DATASET --out {path}", exception);
        }
    }
}
