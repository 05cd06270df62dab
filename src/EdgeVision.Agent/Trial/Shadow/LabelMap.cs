namespace EdgeVision.Agent;

/// <summary>Class ids of one model as those of another, by the names of the classes, because two lists of labels may differ in order and length.</summary>
/// <remarks>Example: from (car, person) to (person, bus): car is -1, person 0, one label shared. Names are compared without regard to case. Immutable, any thread.</remarks>
internal sealed class LabelMap
{
    private readonly int[] _ids;

    public LabelMap(IReadOnlyList<string> from, IReadOnlyList<string> to)
    {
        _ids = [.. from.Select(name => IndexOf(to, name))];
        Shared = _ids.Count(id => id >= 0);
    }

    /// <summary>Labels that both have; 0 = nothing the one says can be found in what the other says.</summary>
    public int Shared { get; }

    /// <returns>-1 where the other has no such class.</returns>
    public int this[int classId] => (uint)classId < (uint)_ids.Length ? _ids[classId] : -1;

    private static int IndexOf(IReadOnlyList<string> names, string name)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (string.Equals(names[i], name, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }
}
