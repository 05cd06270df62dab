using System.Text;

namespace EdgeVision.Hub;

/// <summary>A topic with places to fill in, as in <c>edgevision/{device}/telemetry/{type}</c>.</summary>
public static class TopicTemplate
{
    private const int MostBytes = 256;

    /// <summary>What is wrong with a template; null when it can be published to.</summary>
    /// <param name="template">As the user wrote it.</param>
    /// <param name="places">The names that may stand in braces.</param>
    public static string? Problem(string template, params ReadOnlySpan<string> places)
    {
        if (template.Length == 0 || Encoding.UTF8.GetByteCount(template) > MostBytes)
        {
            return $"wants a topic of 1 to {MostBytes} bytes";
        }

        if (template.AsSpan().ContainsAny('+', '#') || template[0] == '$' || template.Any(char.IsControl))
        {
            return $"'{template}' is not a topic to publish to: no +, no #, no control characters, no $ at its beginning";
        }

        return template.Split('/').Contains("")
            ? $"'{template}' has an empty level: no / at its beginning or end, no // within"
            : PlaceProblem(template, places);
    }

    /// <summary>Puts a value where its name stands in braces.</summary>
    public static string Fill(string template, string place, string value) => template.Replace($"{{{place}}}", value, StringComparison.Ordinal);

    private static string? PlaceProblem(string template, ReadOnlySpan<string> places)
    {
        var rest = template;
        foreach (var place in places)
        {
            rest = Fill(rest, place, "");
        }

        return rest.AsSpan().ContainsAny('{', '}')
            ? $"'{template}' has something else in braces than {string.Join(", ", places.ToArray().Select(place => $"{{{place}}}"))}"
            : null;
    }
}
