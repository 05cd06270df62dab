using System.CommandLine;
using System.CommandLine.Parsing;

namespace EdgeVision.Workbench;

/// <summary>Which classes of a set count as which others: --map theirs=ours.</summary>
internal static class AliasOption
{
    public static readonly Option<string[]> Map = new("--map") { Description = "theirs=ours: classes that count as one; theirs= leaves one out (may be given several times)", HelpName = "A=B", DefaultValueFactory = _ => [], Validators = { Require } };

    /// <summary>Ours by theirs.</summary>
    public static SortedDictionary<string, string> AliasesOf(ParseResult arguments)
    {
        var aliases = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in arguments.GetRequiredValue(Map))
        {
            var mark = pair.IndexOf('=', StringComparison.Ordinal);
            aliases[pair[..mark]] = pair[(mark + 1)..];
        }

        return aliases;
    }

    private static void Require(OptionResult result)
    {
        if (result.Tokens.Any(token => token.Value.IndexOf('=', StringComparison.Ordinal) <= 0))
        {
            result.AddError("--map is theirs=ours, as in --map truck=vehicle.");
        }
    }
}
