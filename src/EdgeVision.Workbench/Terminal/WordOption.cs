using System.CommandLine;
using System.CommandLine.Parsing;

namespace EdgeVision.Workbench;

/// <summary>Options that are one of some words.</summary>
internal static class WordOption
{
    public static Option<T> Of<T>(string name, string description, T whenAbsent, params (string Word, T Value)[] words)
    {
        var option = new Option<T>(name)
        {
            Description = $"{description} ({string.Join(", ", words.Select(each => each.Word))})",
            HelpName = string.Join('|', words.Select(each => each.Word)),
            DefaultValueFactory = _ => whenAbsent,
            CustomParser = result => Read(result, name, words),
        };
        option.CompletionSources.Add(_ => words.Select(each => new System.CommandLine.Completions.CompletionItem(each.Word)));
        return option;
    }

    private static T Read<T>(ArgumentResult result, string name, (string Word, T Value)[] words)
    {
        foreach (var each in words.Where(each => result.Tokens is [var token] && token.Value == each.Word))
        {
            return each.Value;
        }

        result.AddError($"{name} is one of {string.Join(", ", words.Select(each => each.Word))}, not '{string.Join(' ', result.Tokens)}'.");
        return default!;
    }
}
