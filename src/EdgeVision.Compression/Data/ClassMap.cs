namespace EdgeVision.Compression;

/// <summary>The classes that are counted, between what a model calls them and what a data set does.</summary>
/// <remarks>
/// Without aliases they are the model's, and ids are its own. Example: labels (person, car, truck) with car=vehicle and truck=vehicle give the names (person, vehicle);
/// the model's 2 is then 1, and so are the set's "car", "truck" and "vehicle". Names are compared without regard to case, and '_' and '-' are blanks. Immutable, any thread.
/// </remarks>
public sealed class ClassMap
{
    private readonly Dictionary<string, string> _aliases;
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly int[] _ofModel;

    public ClassMap(IReadOnlyList<string> labels, IReadOnlyDictionary<string, string>? aliases = null)
    {
        _aliases = (aliases ?? new Dictionary<string, string>()).ToDictionary(alias => Plain(alias.Key), alias => alias.Value, StringComparer.Ordinal);
        var names = new List<string>();
        _ofModel = [.. labels.Select(label => Add(names, Renamed(label)))];
        Names = names;
    }

    public IReadOnlyList<string> Names { get; }

    /// <summary>A class of the model as an index into <see cref="Names"/>.</summary>
    public int OfModel(int classId) => (uint)classId < (uint)_ofModel.Length ? _ofModel[classId] : -1;

    /// <summary>A class of the data set as an index into <see cref="Names"/>; -1 = the model does not tell it.</summary>
    public int OfTruth(string name) => _ids.TryGetValue(Plain(Renamed(name)), out var id) ? id : -1;

    private string Renamed(string name) => _aliases.GetValueOrDefault(Plain(name), name);

    private int Add(List<string> names, string name)
    {
        if (!_ids.TryGetValue(Plain(name), out var id))
        {
            id = names.Count;
            names.Add(name);
            _ids.Add(Plain(name), id);
        }

        return id;
    }

    private static string Plain(string name) => name.Trim().Replace('_', ' ').Replace('-', ' ').ToLowerInvariant();
}
