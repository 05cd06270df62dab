using System.Text.Json.Serialization;
using EdgeVision.Hub;

namespace EdgeVision.Agent;

/// <summary>Compiled knowledge of how messages and the page's status are written.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Serialization, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(IntervalMessage))]
[JsonSerializable(typeof(EventMessage))]
[JsonSerializable(typeof(DeviceStatus))]
[JsonSerializable(typeof(BenchFigures))]
[JsonSerializable(typeof(OutboxReport))]
[JsonSerializable(typeof(IReadOnlyList<CheckResult>))]
internal sealed partial class MessageJson : JsonSerializerContext;
