using System.Text.Json.Serialization;

namespace EdgeVision.Compression;

/// <summary>One line of ONNX Runtime's profile: <c>{"cat":"Node","dur":113,"name":"Conv_0_kernel_time","args":{"op_name":"QLinearConv",...},...}</c>.</summary>
/// <param name="Category"><c>Node</c>: an operator; <c>Session</c>: the whole run among others.</param>
/// <param name="Microseconds">How long it took.</param>
internal sealed record ProfileEvent(
    [property: JsonPropertyName("cat")] string Category,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("dur")] double Microseconds,
    [property: JsonPropertyName("args")] ProfileEventArguments? Arguments);
