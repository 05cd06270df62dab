using System.Globalization;

namespace EdgeVision.Compression;

/// <summary>What a set calls its classes, as ids; what the model does not tell is collected and said at once.</summary>
internal sealed class ClassLookup(DatasetOptions options)
{
    public const int Unknown = -1;
    public const int LeftOut = -2;

    private const int MaxNamed = 5;

    private readonly Dictionary<string, int> _unknown = new(StringComparer.Ordinal);
    private readonly bool _isOpen = options.Labels.Count == 0;

    public DatasetClasses Classes { get; } = new(options.Labels, options.Aliases);

    public int OfName(string name) => Classes.IsLeftOut(name) ? LeftOut
        : Classes.OfTruth(name) is >= 0 and var id ? id
        : _isOpen ? Classes.AddTruth(name)
        : Note(name);

    /// <summary>A class by its place in the model's order.</summary>
    public int OfIndex(long index)
    {
        var name = index.ToString(CultureInfo.InvariantCulture);
        return _isOpen ? OfName(name) : index < 0 || index >= options.Labels.Count ? Note(name) : Classes.OfModel((int)index) is >= 0 and var id ? id : LeftOut;
    }

    /// <summary>Names where all of them are known, places in the model's order where all of them are numbers.</summary>
    public Func<string, int> ByNameOrIndex(IEnumerable<string> names)
    {
        var distinct = names.Distinct(StringComparer.Ordinal).ToArray();
        return !_isOpen && !Array.TrueForAll(distinct, IsKnown) && Array.TrueForAll(distinct, IsNumber) ? name => OfIndex(long.Parse(name, CultureInfo.InvariantCulture)) : OfName;
    }

    /// <exception cref="CompressionException">A class was met that the model does not tell.</exception>
    public void RequireAllKnown(string path)
    {
        if (_unknown.Count == 0 || options.PicturesOnly)
        {
            return;
        }

        var named = _unknown.Take(MaxNamed).Select(unknown => $"'{unknown.Key}' ({unknown.Value} times; {Suggest(unknown.Key)})");
        throw new CompressionException(
            $"{path}: the model does not tell {string.Join(", ", named)}{(_unknown.Count > MaxNamed ? $" and {_unknown.Count - MaxNamed} more" : "")}. Correct the labels, "
            + "give the class another name with --map theirs=ours, or leave it out with --map theirs=.");
    }

    private string Suggest(string name) => IsNumber(name) ? $"classes are 0 to {options.Labels.Count - 1}" : NearestName.For(name, Classes.Names);

    private bool IsKnown(string name) => Classes.IsLeftOut(name) || Classes.OfTruth(name) >= 0;

    private static bool IsNumber(string name) => long.TryParse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

    private int Note(string name)
    {
        _unknown[name] = _unknown.GetValueOrDefault(name) + 1;
        return Unknown;
    }
}
