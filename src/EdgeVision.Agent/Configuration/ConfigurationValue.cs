using System.Globalization;
using EdgeVision.Hub;
using Tomlyn.Syntax;

namespace EdgeVision.Agent;

/// <summary>One value of the file, read as what its key wants; whatever does not fit is said with file, line and key.</summary>
internal sealed class ConfigurationValue(string file, string key, KeyValueSyntax syntax)
{
    public string Text() => syntax.Value is StringValueSyntax { Value: { Length: > 0 } text } ? text : throw Wrong("wants text in quotes");

    /// <param name="problem">What is wrong with a text; null when nothing is.</param>
    public string Checked(Func<string, string?> problem)
    {
        var text = Text();
        return problem(text) is { } what ? throw Wrong(what) : text;
    }

    public bool Flag() => syntax.Value is BooleanValueSyntax flag ? flag.Value : throw Wrong("wants true or false");

    public double Number(double least, double most)
    {
        double? number = syntax.Value switch { IntegerValueSyntax whole => whole.Value, FloatValueSyntax real => real.Value, _ => null };
        return number >= least && number <= most ? number.Value : throw Wrong(string.Create(CultureInfo.InvariantCulture, $"wants a number from {least} to {most}"));
    }

    public int Whole(int least, int most) => syntax.Value is IntegerValueSyntax { Value: var whole } && whole >= least && whole <= most
        ? (int)whole
        : throw Wrong($"wants a whole number from {least} to {most}");

    public string OneOf(params ReadOnlySpan<string> words)
    {
        var text = Text();
        return words.Contains(text) ? text : throw Wrong($"'{text}' is none of {string.Join(", ", words)}");
    }

    public IReadOnlyList<string> Texts()
    {
        var items = syntax.Value is ArraySyntax array ? array.Items.Select(item => item.Value as StringValueSyntax).ToArray() : [null];
        return items.All(item => item?.Value is not null) ? [.. items.Select(item => item!.Value!)] : throw Wrong("wants a list of texts, as in [\"a\", \"b\"]");
    }

    /// <summary>Fewer letters than everything a file name or topic could trip over.</summary>
    public string Name()
    {
        var text = Text();
        return text.Length <= 64 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-') ? text : throw Wrong("wants 1 to 64 of a-z A-Z 0-9 . _ -");
    }

    public string DeviceId() => Text() is var text && DeviceIds.IsValid(text) ? text : throw Wrong("wants 1 to 128 of A-Z a-z 0-9 . _ : -");

    public string Host() => Text() is var text && HubEndpoint.TryParse(text) is not null ? text : throw Wrong("wants a host name, with or without :port");

    /// <param name="credentials">The key that names the file with user and password: they do not stand in the configuration.</param>
    public Uri Proxy(string credentials)
    {
        var isProxy = Uri.TryCreate(Text(), UriKind.Absolute, out var proxy) && proxy is { Scheme: "http", PathAndQuery: "/", Host.Length: > 0 };
        return isProxy && proxy!.UserInfo.Length == 0 ? proxy : throw Wrong($"wants http://host:port; user and password go into the file that {credentials} names");
    }

    /// <summary>A path, from the configuration file's folder where it is relative.</summary>
    public string FilePath() => Path.GetFullPath(Text(), Path.GetDirectoryName(Path.GetFullPath(file))!);

    private ConfigurationException Wrong(string wants) => new($"{file}:{syntax.Span.Start.Line + 1}: {key} {wants}");
}
