using System.Globalization;
using System.Text.Json.Nodes;

namespace EdgeVision.Cloud.Query;

/// <summary>Reads <c>SELECT * FROM devices [WHERE condition]</c>, the part of Azure's query language that finds devices.</summary>
/// <remarks>
/// condition: comparisons (= != &lt;&gt; &lt; &lt;= &gt; &gt;=) of properties with values, <c>IN [a, b]</c>, <c>IS_DEFINED(property)</c>, <c>STARTSWITH(property, 'text')</c>, with NOT before AND
/// before OR, and parentheses. A property is a path: <c>tags.site</c>, <c>properties.reported.model.version</c>, <c>tags['odd name']</c>, <c>deviceId</c>, <c>status</c>.
/// </remarks>
internal sealed class QueryParser
{
    public const int MaxLength = 8 * 1024;
    private const int MaxDepth = 40;
    private readonly List<Token> _tokens;
    private int _next, _depth;

    private QueryParser(List<Token> tokens) => _tokens = tokens;

    private Token Current => _tokens[_next];

    /// <exception cref="QueryException">It is not understood.</exception>
    public static Condition Parse(string query)
    {
        if (query.Length > MaxLength)
        {
            throw new QueryException(MaxLength + 1, $"a query has at most {MaxLength} letters.");
        }

        var parser = new QueryParser(Tokenizer.Cut(query));
        parser.Need("SELECT");
        parser.NeedSign("*", "only SELECT * is known here");
        parser.Need("FROM");
        parser.Need("devices");
        var condition = parser.TakeKeyword("WHERE") ? parser.Either() : Condition.Always;
        return parser.Current.Kind == TokenKind.End ? condition : throw parser.Unexpected("AND, OR or the end");
    }

    private Condition Either()
    {
        var left = Both();
        while (TakeKeyword("OR"))
        {
            left = new Condition.Or(left, Both());
        }

        return left;
    }

    private Condition Both()
    {
        var left = Single();
        while (TakeKeyword("AND"))
        {
            left = new Condition.And(left, Single());
        }

        return left;
    }

    private Condition Single()
    {
        // The only place that goes deeper, so the only one that has to keep the stack from running out.
        if (++_depth > MaxDepth)
        {
            throw new QueryException(Current.Position, $"conditions are nested deeper than {MaxDepth} levels.");
        }

        var condition = TakeKeyword("NOT") ? new Condition.Not(Single())
            : TakeSign("(") ? Closed(Either())
            : TakeFunction("IS_DEFINED") ? Closed(new Condition.IsDefined(Property()))
            : TakeFunction("STARTSWITH") ? Closed(StartsWith())
            : Comparison();
        _depth--;
        return condition;
    }

    private Condition.StartsWith StartsWith()
    {
        var whole = Value();
        NeedSign(",", "STARTSWITH takes a property and a text");
        return new Condition.StartsWith(whole, Value());
    }

    private Condition Comparison()
    {
        var left = Value();
        if (TakeKeyword("IN"))
        {
            return new Condition.IsIn(left, List());
        }

        if (TakeKeyword("NOT"))
        {
            Need("IN");
            return new Condition.Not(new Condition.IsIn(left, List()));
        }

        if (Current is not { Kind: TokenKind.Sign, Value: "=" or "!=" or "<>" or "<" or "<=" or ">" or ">=" })
        {
            throw Unexpected("a comparison (= != < <= > >= IN)");
        }

        return new Condition.Compares(left, Take().Value, Value());
    }

    private List<Operand> List()
    {
        NeedSign("[", "IN takes a list: ['a', 'b']");
        var list = new List<Operand> { Value() };
        while (TakeSign(","))
        {
            list.Add(Value());
        }

        NeedSign("]", "the list is not closed");
        return list;
    }

    private Operand Value()
    {
        if (Current.Kind == TokenKind.Text)
        {
            return new Operand.Literal(JsonValue.Create(Take().Value));
        }

        if (Current.Kind == TokenKind.Number)
        {
            return double.TryParse(Current.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? Literal(number) : throw Unexpected("a number");
        }

        return TakeKeyword("true") ? new Operand.Literal(JsonValue.Create(true))
            : TakeKeyword("false") ? new Operand.Literal(JsonValue.Create(false))
            : TakeKeyword("null") ? new Operand.Literal(null)
            : Property();
    }

    private Operand.Literal Literal(double number)
    {
        _next++;
        return new Operand.Literal(JsonValue.Create(number));
    }

    private Operand.Property Property()
    {
        var path = new List<string> { Name() };
        while (true)
        {
            if (TakeSign("."))
            {
                path.Add(Name());
            }
            else if (TakeSign("["))
            {
                path.Add(Current.Kind == TokenKind.Text ? Take().Value : throw Unexpected("a name between quotation marks"));
                NeedSign("]", "the name is not closed");
            }
            else
            {
                return new Operand.Property(path);
            }
        }
    }

    private string Name() => Current.Kind == TokenKind.Word ? Take().Value : throw Unexpected("a property or a value");

    private Condition Closed(Condition condition)
    {
        NeedSign(")", "the parenthesis is not closed");
        return condition;
    }

    private Token Take() => _tokens[_next++];

    private bool TakeKeyword(string word) => Skip(Current.IsKeyword(word) ? 1 : 0);

    private bool TakeSign(string sign) => Skip(Current.IsSign(sign) ? 1 : 0);

    private bool TakeFunction(string name) => Skip(Current.IsKeyword(name) && _tokens[_next + 1].IsSign("(") ? 2 : 0);

    private bool Skip(int tokens)
    {
        _next += tokens;
        return tokens > 0;
    }

    private void Need(string word)
    {
        if (!TakeKeyword(word))
        {
            throw Unexpected(word);
        }
    }

    private void NeedSign(string sign, string because)
    {
        if (!TakeSign(sign))
        {
            throw new QueryException(Current.Position, $"'{sign}' is expected, not {Current}: {because}.");
        }
    }

    private QueryException Unexpected(string expected) => new(Current.Position, $"{expected} is expected, not {Current}.");
}
