using System.Text.Json.Serialization;

namespace EdgeVision.Compression;

[JsonSerializable(typeof(ProfileEvent))]
internal sealed partial class ProfileJson : JsonSerializerContext;
