namespace EdgeVision.Agent;

/// <summary>One key of a section: how its value changes what the section stands for.</summary>
internal sealed record ConfigurationKey<T>(string Name, Func<T, ConfigurationValue, T> Set);
