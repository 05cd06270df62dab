namespace EdgeVision.Cloud.Query;

/// <param name="Kind">What it is.</param>
/// <param name="Value">Its letters; of a text what stands between the marks.</param>
/// <param name="Position">Of its first letter, from 1.</param>
internal readonly record struct Token(TokenKind Kind, string Value, int Position)
{
    public bool IsSign(string sign) => Kind == TokenKind.Sign && Value == sign;

    /// <summary>Keywords are written in any case.</summary>
    public bool IsKeyword(string word) => Kind == TokenKind.Word && Value.Equals(word, StringComparison.OrdinalIgnoreCase);

    public override string ToString() => Kind == TokenKind.End ? "the end" : $"'{Value}'";
}
