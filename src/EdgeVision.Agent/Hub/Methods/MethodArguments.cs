using System.Text.Json.Nodes;

namespace EdgeVision.Agent;

/// <summary>What a method was called with; every value goes by the same rules as the configuration's.</summary>
internal sealed class MethodArguments
{
    private readonly string _method;
    private readonly JsonObject _payload;

    /// <param name="method">Its name, for errors.</param>
    /// <param name="payload">An object, or nothing.</param>
    /// <param name="known">The arguments there are.</param>
    /// <exception cref="ConfigurationException">Not an object, or with an argument that the method has not.</exception>
    public MethodArguments(string method, JsonNode? payload, IReadOnlyList<string> known)
    {
        _method = method;
        _payload = (payload ?? new JsonObject()) as JsonObject ?? throw new ConfigurationException($"{method} wants a JSON object, or no payload");
        if (_payload.Select(pair => pair.Key).FirstOrDefault(name => !known.Contains(name)) is { } stray)
        {
            throw new ConfigurationException($"{method} has no argument '{stray}'; {(known.Count == 0 ? "it takes none" : Suggestion.For(stray, known))}");
        }
    }

    /// <summary>Null where it was left out; then the default counts.</summary>
    public ConfigurationValue? Value(string name) => _payload[name] is { } value ? new ConfigurationValue($"{_method}.{name}", value) : null;
}
