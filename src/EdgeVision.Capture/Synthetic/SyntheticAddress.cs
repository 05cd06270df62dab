using System.Globalization;

namespace EdgeVision.Capture;

/// <summary>Reads <c>synthetic://intersection?option=value&amp;...</c></summary>
internal static class SyntheticAddress
{
    public const string Scheme = "synthetic://";
    private const string Scene = "intersection";
    private const double MostWhole = 1L << 53;

    /// <param name="id">The camera's name in the configuration.</param>
    /// <exception cref="CaptureException">Another scene, an unknown option or a value that is not allowed: which one, and what is.</exception>
    public static SyntheticOptions Parse(string id, string uri)
    {
        var rest = uri[Scheme.Length..];
        var mark = rest.IndexOf('?', StringComparison.Ordinal);
        var scene = mark < 0 ? rest : rest[..mark];
        if (!scene.TrimEnd('/').Equals(Scene, StringComparison.OrdinalIgnoreCase))
        {
            throw Refuse(id, $"{Scheme}{scene} is no scene; there is {Scheme}{Scene}");
        }

        var options = new SyntheticOptions();
        foreach (var pair in mark < 0 ? [] : rest[(mark + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? pair : pair[..equals];
            options = With(options, id, name.ToLowerInvariant(), equals < 0 ? "" : pair[(equals + 1)..]);
        }

        return options;
    }

    private static SyntheticOptions With(SyntheticOptions options, string id, string name, string value) => name switch
    {
        "seed" => options with { Seed = (long)Number(id, name, value, 0, MostWhole, whole: true) },
        "rate" => options with { Rate = Number(id, name, value, 1, 120) },
        "width" => options with { Width = (int)Number(id, name, value, 64, 1920, whole: true) },
        "height" => options with { Height = (int)Number(id, name, value, 64, 1080, whole: true) },
        "traffic" => options with { Traffic = Number(id, name, value, 0, 3) },
        "shake" => options with { Shake = (int)Number(id, name, value, 0, 20, whole: true) },
        "frames" => options with { Frames = (long)Number(id, name, value, 1, MostWhole, whole: true) },
        "light" => options with { Light = Word(id, name, value, ("day", SceneLight.Day), ("night", SceneLight.Night), ("auto", SceneLight.Auto)) },
        "weather" => options with { Weather = Word(id, name, value, ("clear", SceneWeather.Clear), ("rain", SceneWeather.Rain), ("auto", SceneWeather.Auto)) },
        _ => throw Refuse(id, $"{Scheme}{Scene} has no option '{name}'; there are seed, rate, width, height, traffic, light, weather, shake, frames"),
    };

    private static double Number(string id, string name, string value, double least, double most, bool whole = false)
    {
        var style = whole ? NumberStyles.None : NumberStyles.AllowDecimalPoint;
        return double.TryParse(value, style, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Refuse(id, string.Create(CultureInfo.InvariantCulture, $"{Scheme}{Scene}: {name}={value} is not allowed; {name} is a {(whole ? "whole " : "")}number from {least} to {most}"));
    }

    private static T Word<T>(string id, string name, string value, params ReadOnlySpan<(string Word, T Meaning)> words)
    {
        foreach (var (word, meaning) in words)
        {
            if (word.Equals(value, StringComparison.OrdinalIgnoreCase))
            {
                return meaning;
            }
        }

        var allowed = new List<string>();
        foreach (var (word, _) in words)
        {
            allowed.Add(word);
        }

        throw Refuse(id, $"{Scheme}{Scene}: {name}={value} is not allowed; {name} is {string.Join(", ", allowed)}");
    }

    private static CaptureException Refuse(string id, string message) => new(CaptureFailure.Other, $"{id}: {message}");
}
