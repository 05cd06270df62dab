namespace EdgeVision.Compression;

/// <summary>Which values share a scale, and the range that holds them all.</summary>
/// <remarks>
/// Values that are merely passed on must share; values that are put side by side may, when none of them loses more than <see cref="MostLoss"/> of its steps and every Relu stays superfluous.
/// Example: [0, 6] and [0, 4] side by side share [0, 6]; [0, 6] and [0, 1] do not.
/// </remarks>
internal sealed class ParameterGroups
{
    // One bit: 255 steps become 127 at worst.
    private const float MostLoss = 2;

    private readonly Dictionary<string, string> _parents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Group> _groups = new(StringComparer.Ordinal);

    /// <param name="range">Seen of the value; holds zero.</param>
    /// <param name="bounds">What the function before it lets through; a group that reaches beyond would bring that function back.</param>
    /// <param name="matters">False where the value goes into a wider one anyway, so that its own steps are of no use.</param>
    public void Add(string value, ValueRange range, ValueRange bounds, bool matters)
    {
        _parents[value] = value;
        _groups[value] = new Group(range.Least, range.Greatest, bounds.Least, bounds.Greatest, matters ? range.Greatest - range.Least : float.PositiveInfinity);
    }

    public ValueRange RangeOf(string value)
    {
        var group = _groups[Find(value)];
        return new ValueRange(group.Least, group.Greatest);
    }

    /// <summary>A name that all values of one group have in common.</summary>
    public string Find(string value)
    {
        while (_parents[value] != value)
        {
            value = _parents[value] = _parents[_parents[value]];
        }

        return value;
    }

    public void Share(string value, string other) => Merge(Find(value), Find(other));

    /// <summary>Lets two values share a scale if that costs little.</summary>
    public void ShareIfClose(string value, string other)
    {
        var (first, second) = (Find(value), Find(other));
        var both = _groups[first].With(_groups[second]);
        if (both.Greatest - both.Least <= both.LeastWidth * MostLoss && both.Least >= both.LowestAllowed && both.Greatest <= both.HighestAllowed)
        {
            Merge(first, second);
        }
    }

    private void Merge(string first, string second)
    {
        if (first != second)
        {
            _groups[first] = _groups[first].With(_groups[second]);
            _parents[second] = first;
        }
    }

    private readonly record struct Group(float Least, float Greatest, float LowestAllowed, float HighestAllowed, float LeastWidth)
    {
        public Group With(Group other) => new(
            MathF.Min(Least, other.Least), MathF.Max(Greatest, other.Greatest), MathF.Max(LowestAllowed, other.LowestAllowed), MathF.Min(HighestAllowed, other.HighestAllowed), MathF.Min(LeastWidth, other.LeastWidth));
    }
}
