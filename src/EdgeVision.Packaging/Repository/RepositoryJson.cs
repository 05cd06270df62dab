using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace EdgeVision.Packaging.Repository;

/// <summary>Source-generated, because reflection breaks trimming.</summary>
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class RepositoryJson : JsonSerializerContext;
