using System.Text;

namespace EdgeVision.Packaging;

/// <summary>The operator sets that a model imports, noted before the walk because a file may bring them behind its nodes.</summary>
/// <remarks>Domains are parts of the file, so nothing is copied. <c>ai.onnx</c> is the long name of <c>""</c>.</remarks>
internal ref struct OnnxDomains
{
    /// <summary>More imports are refused.</summary>
    public const int Most = 32;

    private const int Import = 8, DomainOfImport = 1, Function = 25, DomainOfFunction = 10;

    private readonly ReadOnlySpan<byte> _file;
    private readonly Span<Range> _domains;
    private uint _ofFunctions;
    private int _fields;

    /// <summary>Reads on to the end, or to what does not parse: that is the walk's to refuse.</summary>
    public OnnxDomains(ReadOnlySpan<byte> file, Span<Range> room)
    {
        _file = file;
        _domains = room;
        ForEach(Import, DomainOfImport);
        ForEach(Function, DomainOfFunction);
    }

    public int Count { get; private set; }

    public readonly bool Contains(Range domain) => IndexOf(domain) >= 0;

    /// <summary>Whether the model imports the domain and holds functions of it itself: they are graphs like any other, not code.</summary>
    public readonly bool IsOfFunctions(Range domain) => IndexOf(domain) is >= 0 and var index && (_ofFunctions >> index & 1) == 1;

    /// <summary>The newest version of the domain that the limits allow; 0 = none.</summary>
    public static int NewestOf(ReadOnlySpan<byte> domain, OnnxLimits limits)
    {
        foreach (var (name, version) in limits.Opsets)
        {
            if (Ascii.Equals(Plain(domain), name))
            {
                return version;
            }
        }

        return 0;
    }

    private void ForEach(int number, int domainNumber)
    {
        var position = 0;
        while (position < _file.Length && _fields++ < OnnxWalker.MaxFields && OnnxField.TryRead(_file, ref position, _file.Length, out var field))
        {
            if (field.Number == number && field.IsBytes)
            {
                Note(number, TextOf(field, domainNumber));
            }
        }
    }

    private void Note(int number, Range domain)
    {
        if (number == Function)
        {
            _ofFunctions |= IndexOf(domain) is >= 0 and var index ? 1u << index : 0;
        }
        else if (Count++ < _domains.Length)
        {
            _domains[Count - 1] = domain;
        }
    }

    private readonly int IndexOf(Range domain)
    {
        for (var i = 0; i < Math.Min(Count, _domains.Length); i++)
        {
            if (Plain(_file[_domains[i]]).SequenceEqual(Plain(_file[domain])))
            {
                return i;
            }
        }

        return -1;
    }

    private Range TextOf(OnnxField message, int number)
    {
        var (position, text) = (message.Start, new Range(0, 0));
        while (position < message.End && _fields++ < OnnxWalker.MaxFields && OnnxField.TryRead(_file, ref position, message.End, out var field))
        {
            text = field.Number == number && field.IsBytes ? field.Start..field.End : text;
        }

        return text;
    }

    private static ReadOnlySpan<byte> Plain(ReadOnlySpan<byte> domain) => domain.SequenceEqual("ai.onnx"u8) ? [] : domain;
}
