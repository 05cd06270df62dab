using System.Text.Json.Serialization;

namespace EdgeVision.Trainer;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(ReleaseResult))]
internal sealed partial class ReleaseJson : JsonSerializerContext;
