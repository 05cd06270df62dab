using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace EdgeVision.Workbench;

/// <summary>Options that are a number within bounds. What is no number is an error like one out of bounds: the library's own validators throw where they ask for a value that cannot be read.</summary>
internal static class NumberOption
{
    /// <param name="most">The type's greatest: no bound.</param>
    /// <param name="whenAbsent">Need not be within the bounds; null: it must be given.</param>
    public static Option<T> Of<T>(string name, string description, T least, T most, T? whenAbsent, string helpName = "N")
        where T : struct, INumber<T>, IMinMaxValue<T> => new(name)
    {
        Description = description,
        HelpName = helpName,
        Required = whenAbsent is null,
        DefaultValueFactory = whenAbsent is { } value ? _ => value : null,
        CustomParser = result => Read(result, name, least, most),
    };

    private static T Read<T>(ArgumentResult result, string name, T least, T most)
        where T : struct, INumber<T>, IMinMaxValue<T>
    {
        var text = string.Join(' ', result.Tokens);
        if (T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
        {
            return value;
        }

        result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} is {least} {(most == T.MaxValue ? "or more" : $"to {most}")}, not '{text}'."));
        return default;
    }
}
