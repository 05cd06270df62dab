namespace EdgeVision.Compression;

/// <summary>The classes that are counted, between what a model calls them and what a data set does.</summary>
/// <remarks>
/// Without aliases they are the model's, and ids are its own. Example: labels (person, car, truck) with car=vehicle and truck=vehicle give the names (person, vehicle);
/// the model's 2 is then 1, and so are the set's "car", "truck" and "vehicle". A class whose alias is empty is left out. Names are compared without regard to case, and '_' and '-' are blanks. Immutable, any thread.
/// </remarks>
public sealed class DatasetClasses
{
    private readonly Dictionary<string, string> _aliases;
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];
    private readonly int[] _ofModel;

    public DatasetClasses(IReadOnlyList<string> labels, IReadOnlyDictionary<string, string>? aliases = null)
    {
        _aliases = (aliases ?? new Dictionary<string, string>()).ToDictionary(alias => Plain(alias.Key), alias => alias.Value, StringComparer.Ordinal);
        _ofModel = [.. labels.Select(label => IsLeftOut(label) ? -1 : Add(Renamed(label)))];
    }

    public IReadOnlyList<string> Names => _names;

    /// <summary>A class of the model as an index into <see cref="Names"/>.</summary>
    public int OfModel(int classId) => (uint)classId < (uint)_ofModel.Length ? _ofModel[classId] : -1;

    /// <summary>Whether the set's class is wished away.</summary>
    public bool IsLeftOut(string name) => Renamed(name).Length == 0;

    /// <summary>A class of the data set as an index into <see cref="Names"/>; -1 = the model does not tell it.</summary>
    public int OfTruth(string name) => _ids.TryGetValue(Plain(Renamed(name)), out var id) ? id : -1;

    private string Renamed(string name) => _aliases.GetValueOrDefault(Plain(name), name);

    /// <summary>A class that only the set knows, where there is no model to ask.</summary>
    internal int AddTruth(string name) => Add(Renamed(name));

    private int Add(string name)
    {
        if (!_ids.TryGetValue(Plain(name), out var id))
        {
            id = _names.Count;
            _names.Add(name);
            _ids.Add(Plain(name), id);
        }

        return id;
    }

    private static string Plain(string name) => name.Trim().Replace('_', ' ').Replace('-', ' ').ToLowerInvariant();
}
