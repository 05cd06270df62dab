using System.Globalization;

namespace EdgeVision.Cloud.Commands;

/// <summary>What stands behind the words of a command.</summary>
internal sealed class Arguments
{
    private readonly List<string> _operands = [];
    private readonly Dictionary<string, string> _options = new(StringComparer.Ordinal);

    private Arguments()
    {
    }

    /// <exception cref="UsageException">Something is missing, unknown or too much.</exception>
    public static Arguments Parse(Command command, IReadOnlyList<string> words)
    {
        var arguments = new Arguments();
        for (var i = 0; i < words.Count; i++)
        {
            i = words[i].StartsWith("--", StringComparison.Ordinal) ? arguments.TakeOption(command, words, i) : arguments.TakeOperand(words, i);
        }

        if (arguments._operands.Count < command.LeastOperands || arguments._operands.Count > command.MostOperands)
        {
            throw new UsageException(arguments._operands.Count < command.LeastOperands ? $"{command.Words} needs {command.Operands}." : $"'{arguments._operands[^1]}' is too much.");
        }

        return arguments.Has("--data") ? arguments : throw new UsageException("--data DIR is needed: the directory that the hub keeps everything in.");
    }

    public string Data => _options["--data"];

    /// <summary>Null when the command line names none.</summary>
    public string? Database => Option("--database");

    public string this[int operand] => _operands[operand];

    public string? Operand(int index) => index < _operands.Count ? _operands[index] : null;

    public bool Has(string option) => _options.ContainsKey(option);

    public string? Option(string option) => _options.GetValueOrDefault(option);

    /// <exception cref="UsageException">It is no whole number in the range.</exception>
    public long Number(string option, long absent, long least, long most)
    {
        if (Option(option) is not { } text)
        {
            return absent;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new UsageException($"{option} is a whole number from {least} to {most}, not '{text}'.");
    }

    private int TakeOperand(IReadOnlyList<string> words, int at)
    {
        _operands.Add(words[at]);
        return at;
    }

    private int TakeOption(Command command, IReadOnlyList<string> words, int at)
    {
        var takesValue = command.TakesValue(words[at]) ?? throw new UsageException($"{command.Words} knows no {words[at]}.");
        if (takesValue && at + 1 == words.Count)
        {
            throw new UsageException($"{words[at]} needs a value.");
        }

        _options[words[at]] = takesValue ? words[at + 1] : "";
        return takesValue ? at + 1 : at;
    }
}
