namespace EdgeVision.Cloud.Query;

/// <summary>What a piece of a query is.</summary>
internal enum TokenKind
{
    /// <summary>A name or a keyword.</summary>
    Word,

    /// <summary>Between single or double quotation marks.</summary>
    Text,

    Number,

    /// <summary>= != &lt;&gt; &lt; &lt;= &gt; &gt;= ( ) [ ] , . *</summary>
    Sign,

    End,
}
