using System.Globalization;
using System.Text.Json;

namespace EdgeVision.Update;

/// <summary>Reads <c>notBefore</c>, <c>deadline</c> and <c>policy</c> of a desired <c>modelUpdate</c>, strict about types and limits; unknown fields are ignored.</summary>
internal sealed class DeploymentPolicyReader
{
    private const int LeastKbps = UpdatePolicy.LeastKbps, MostKbps = UpdatePolicy.MostKbps;
    private string? _problem;

    /// <param name="update">An object.</param>
    /// <param name="problem">The first thing wrong; names the field and what is expected, never the value.</param>
    public static DeploymentPolicy? TryRead(JsonElement update, out string? problem)
    {
        var reader = new DeploymentPolicyReader();
        var policy = reader.Read(update);
        problem = reader._problem;
        return problem is null ? policy : null;
    }

    private DeploymentPolicy Read(JsonElement update)
    {
        var read = new DeploymentPolicy { NotBefore = Instant(update, "notBefore"), Deadline = Instant(update, "deadline") };
        if (Find(update, "policy") is not { } policy)
        {
            return read;
        }

        if (policy.ValueKind != JsonValueKind.Object)
        {
            Expect("policy", "an object is");
            return read;
        }

        return read with
        {
            Window = Window(policy),
            Zone = Zone(policy),
            DeadlineOverridesWindow = Flag(policy, "deadlineOverridesWindow") ?? false,
            AllowMetered = Metered(policy),
            MaxKbps = Kbps(policy),
            AutoActivate = Flag(policy, "autoActivate") ?? true,
        };
    }

    private DateTimeOffset? Instant(JsonElement update, string name)
    {
        if (Find(update, name) is not { } value)
        {
            return null;
        }

        var text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        if (text is { Length: <= 40 } && text.Contains('T', StringComparison.Ordinal)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant))
        {
            return instant;
        }

        Expect(name, "a time as in 2026-05-02T01:00:00Z is");
        return null;
    }

    private string? Window(JsonElement policy)
    {
        if (Find(policy, "window") is not { } value)
        {
            return null;
        }

        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        if (MaintenanceWindow.Problem(text) is { } problem)
        {
            _problem ??= $"modelUpdate.policy.window: {problem}";
        }

        return text;
    }

    private string Zone(JsonElement policy)
    {
        if (Find(policy, "tz") is not { } value)
        {
            return TimeZones.Site;
        }

        var name = value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        if (name != TimeZones.Site && TimeZones.Find(name, out var problem) is null)
        {
            _problem ??= $"modelUpdate.policy.tz: {problem}";
        }

        return name;
    }

    private bool Metered(JsonElement policy)
    {
        if (Find(policy, "metered") is not { } value)
        {
            return true;
        }

        var word = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        if (word is not ("allow" or "deny"))
        {
            Expect("policy.metered", "\"allow\" or \"deny\" is");
        }

        return word == "allow";
    }

    private int? Kbps(JsonElement policy)
    {
        if (Find(policy, "maxKbps") is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var kbps) && kbps is >= LeastKbps and <= MostKbps)
        {
            return kbps;
        }

        Expect("policy.maxKbps", $"a whole number from {LeastKbps} to {MostKbps} is");
        return null;
    }

    private bool? Flag(JsonElement policy, string name)
    {
        var value = Find(policy, name);
        if (value is { ValueKind: not (JsonValueKind.True or JsonValueKind.False) })
        {
            Expect("policy." + name, "true or false is");
        }

        return value is null ? null : value.Value.ValueKind == JsonValueKind.True;
    }

    private void Expect(string field, string what) => _problem ??= $"modelUpdate.{field}: {what} expected";

    /// <summary>A null is as if it were not there: that is how a twin takes things back.</summary>
    private static JsonElement? Find(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
