using System.Text.Json.Serialization;

namespace EdgeVision.Agent;

[JsonSourceGenerationOptions(IgnoreReadOnlyProperties = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ExamRequest))]
[JsonSerializable(typeof(ExamReport))]
internal sealed partial class ExamJson : JsonSerializerContext;
