using System.Text.Json;

namespace EdgeVision.Testing;

/// <summary>A running <c>mosquitto_sub</c> and what it heard, in its own JSON: topic, qos, retain, properties, payload.</summary>
public sealed class MosquittoListener : IDisposable
{
    private readonly RunningProgram _program;

    private MosquittoListener(RunningProgram program) => _program = program;

    /// <summary>Everything so far, oldest first.</summary>
    public IReadOnlyList<JsonElement> Messages =>
    [
        .. _program.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.StartsWith('{')).Select(line => JsonDocument.Parse(line).RootElement),
    ];

    /// <summary>The payloads that came on one topic, oldest first.</summary>
    public IReadOnlyList<string> On(string topic) => [.. Messages.Where(message => message.GetProperty("topic").GetString() == topic).Select(PayloadOf)];

    /// <summary>Mosquitto writes a payload that is JSON as JSON, anything else as text.</summary>
    public static string PayloadOf(JsonElement message) =>
        message.GetProperty("payload") is { ValueKind: JsonValueKind.String or JsonValueKind.Null } payload ? payload.GetString() ?? "" : message.GetProperty("payload").GetRawText();

    /// <summary>Waits for so many messages on a topic.</summary>
    public IReadOnlyList<string> WaitFor(string topic, int count, int seconds = 20)
    {
        Eventually.True(() => On(topic).Count >= count, TimeSpan.FromSeconds(seconds), () => _program.Output + _program.Error);
        return On(topic);
    }

    public void WaitForLast(string topic, string payload, int seconds = 20) =>
        Eventually.True(() => On(topic) is [.., var last] && last == payload, TimeSpan.FromSeconds(seconds), () => _program.Output + _program.Error);

    public void Dispose() => _program.Dispose();

    internal static MosquittoListener Start(RunningProgram program)
    {
        program.WaitForText("SUBACK", TimeSpan.FromSeconds(15));
        return new MosquittoListener(program);
    }
}
