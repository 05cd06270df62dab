using System.Text.Json.Serialization;

namespace EdgeVision.Trainer.Search;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(SearchState))]
internal sealed partial class SearchJson : JsonSerializerContext;
