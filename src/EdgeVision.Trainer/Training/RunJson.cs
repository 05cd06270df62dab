using System.Text.Json.Serialization;
using EdgeVision.Trainer.Measurement;

namespace EdgeVision.Trainer.Training;

/// <summary>The run folder's JSON. A figure that is no number is written as a word, because what went wrong must not be lost for it.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(TrainingState))]
[JsonSerializable(typeof(RunDescription))]
[JsonSerializable(typeof(RunResult))]
[JsonSerializable(typeof(RunSettings))]
[JsonSerializable(typeof(EvaluationReport))]
[JsonSerializable(typeof(EpochMetrics))]
[JsonSerializable(typeof(long))]
internal sealed partial class RunJson : JsonSerializerContext;
