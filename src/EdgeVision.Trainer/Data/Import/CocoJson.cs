using System.Text.Json.Serialization;

namespace EdgeVision.Trainer;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(CocoFile))]
internal sealed partial class CocoJson : JsonSerializerContext;
