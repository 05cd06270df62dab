using System.Text;

namespace EdgeVision.Cloud.Query;

/// <summary>Cuts a query into tokens; the last one is the end.</summary>
internal static class Tokenizer
{
    private static readonly string[] Signs = ["!=", "<>", "<=", ">=", "=", "<", ">", "(", ")", "[", "]", ",", ".", "*"];

    /// <exception cref="QueryException">A letter that begins nothing, or a text without its end.</exception>
    public static List<Token> Cut(string query)
    {
        var tokens = new List<Token>();
        for (var at = 0; ;)
        {
            while (at < query.Length && char.IsWhiteSpace(query[at]))
            {
                at++;
            }

            if (at == query.Length)
            {
                tokens.Add(new Token(TokenKind.End, "", at + 1));
                return tokens;
            }

            tokens.Add(Next(query, ref at));
        }
    }

    private static Token Next(string query, ref int at)
    {
        var start = at;
        if (IsWordStart(query[at]))
        {
            return new Token(TokenKind.Word, Take(query, ref at, letter => IsWordStart(letter) || char.IsAsciiDigit(letter) || letter == '-'), start + 1);
        }

        if (char.IsAsciiDigit(query[at]) || (query[at] == '-' && at + 1 < query.Length && char.IsAsciiDigit(query[at + 1])))
        {
            at++;
            return new Token(TokenKind.Number, query[start] + Take(query, ref at, letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '+' or '-'), start + 1);
        }

        return query[at] is '\'' or '"' ? Text(query, ref at) : Sign(query, ref at);
    }

    private static string Take(string query, ref int at, Func<char, bool> belongs)
    {
        var start = at;
        while (at < query.Length && belongs(query[at]))
        {
            at++;
        }

        return query[start..at];
    }

    /// <summary>A mark inside is written twice, or after a backslash.</summary>
    private static Token Text(string query, ref int at)
    {
        var (start, mark, text) = (at, query[at], new StringBuilder());
        for (at++; at < query.Length; at++)
        {
            var isEscape = at + 1 < query.Length && ((query[at] == mark && query[at + 1] == mark) || (query[at] == '\\' && (query[at + 1] == mark || query[at + 1] == '\\')));
            if (query[at] == mark && !isEscape)
            {
                at++;
                return new Token(TokenKind.Text, text.ToString(), start + 1);
            }

            at += isEscape ? 1 : 0;
            text.Append(query[at]);
        }

        throw new QueryException(start + 1, $"the text that begins here has no closing {mark}.");
    }

    private static Token Sign(string query, ref int at)
    {
        var start = at;
        var sign = Array.Find(Signs, sign => query.AsSpan(start).StartsWith(sign, StringComparison.Ordinal))
            ?? throw new QueryException(start + 1, $"'{query[start]}' means nothing here.");
        at += sign.Length;
        return new Token(TokenKind.Sign, sign, start + 1);
    }

    private static bool IsWordStart(char letter) => char.IsLetter(letter) || letter is '_' or '$';
}
