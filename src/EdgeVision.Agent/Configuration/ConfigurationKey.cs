using System.Text.Json.Nodes;

namespace EdgeVision.Agent;

/// <summary>One key of a section: how its value changes what the section stands for.</summary>
/// <param name="Name">As in the file, <c>stall_seconds</c>.</param>
/// <param name="Show">How the hub is told the value in effect. A key without it can be set in the file only, because from afar it would let somebody run programs, read files or lose the device.</param>
internal sealed record ConfigurationKey<T>(string Name, Func<T, ConfigurationValue, T> Set, Func<T, JsonNode?>? Show = null)
{
    /// <summary>As the hub calls it, <c>stallSeconds</c>.</summary>
    public string RemoteName { get; } = string.Concat(Name.Split('_').Select((word, i) => i == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));
}
