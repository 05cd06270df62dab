namespace EdgeVision.Cloud.Commands;

/// <summary>One command. What the usage shows is what the parser takes: there is no second list.</summary>
/// <param name="Words">One or two words that call it.</param>
/// <param name="Operands">In order, optional ones in brackets: <c>ID METHOD [JSON]</c>.</param>
/// <param name="Options">Beside --data DIR and --database CONNECTION: <c>--follow --after SEQUENCE</c>; one with a word after it takes a value.</param>
/// <param name="Summary">What it does.</param>
/// <param name="RunAsync">Returns the exit code.</param>
internal sealed record Command(string Words, string Operands, string Options, string Summary, Func<Arguments, Task<int>> RunAsync)
{
    public string Usage => string.Join(' ', new[] { Words, Operands, "--data DIR [--database CONNECTION]", Bracketed() }.Where(part => part.Length > 0));

    public int LeastOperands => Split(Operands).Count(operand => !operand.StartsWith('['));

    public int MostOperands => Split(Operands).Length;

    /// <returns>Null for no such option, otherwise whether it takes a value.</returns>
    public bool? TakesValue(string option)
    {
        var words = Split("--data DIR --database CONNECTION " + Options);
        var at = Array.IndexOf(words, option);
        return at < 0 ? null : at + 1 < words.Length && !words[at + 1].StartsWith('-');
    }

    private static string[] Split(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private string Bracketed() => string.Join(' ', Options.Split("--", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(option => $"[--{option}]"));
}
