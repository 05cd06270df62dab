using System.Text.Json.Serialization;

namespace EdgeVision.Compression;

/// <summary>What the work folder holds as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(Evaluation))]
[JsonSerializable(typeof(LayerReport[]))]
internal sealed partial class SearchJson : JsonSerializerContext;
